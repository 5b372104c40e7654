package io.inkstone.train.ranks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Processes as threads of this one, each with its own way to the store and its own Gloo. For words and sums; trainings take processes. */
final class RankThreads {
    private RankThreads() {}

    /** What each of {@code ranks} made of its exchange with the others, in their order. */
    static <T> List<T> run(int ranks, Function<RankExchange, T> work) {
        int port = freePort();
        ExecutorService threads = Executors.newFixedThreadPool(ranks);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                RankPlace place = new RankPlace(rank, rank, ranks, "127.0.0.1", port);
                futures.add(threads.submit(() -> one(place, work)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T one(RankPlace place, Function<RankExchange, T> work) {
        RankExchange exchange = RankExchange.meet(place);
        try {
            T result = work.apply(exchange);
            exchange.close();
            return result;
        } catch (RuntimeException | Error failure) {
            exchange.fail(failure);
            throw failure;
        }
    }

    /** One that nobody listens at now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
