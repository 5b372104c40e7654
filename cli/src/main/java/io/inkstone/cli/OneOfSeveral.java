package io.inkstone.cli;

import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import picocli.CommandLine;

/**
 * This process as one of several that train a run together. One speaks for all, also of what went wrong elsewhere; where that
 * one is lost, each of the others says so.
 *
 * @param place among them
 * @param root the command line whose words the others keep to themselves
 */
record OneOfSeveral(RankPlace place, CommandLine root) {
    /**
     * Meets the others and does {@code work} with them.
     *
     * @param out the run directory, as this process would name it: that of the leader counts
     */
    void run(Path out, BiConsumer<Path, RankExchange> work) {
        RankExchange exchange = RankExchange.meet(place);
        PrintStream heard = System.err;
        if (!place.leads()) {
            silence();
        }
        try {
            work.accept(Path.of(exchange.ofLeader("out", out.toAbsolutePath()::toString)), exchange);
        } catch (RuntimeException failure) {
            exchange.fail(failure);
            if (!place.leads()) {
                if (exchange.lostLeader()) {
                    heard.println("inkstone: " + failure.getMessage());
                }
                // Nobody hears more of it, and what waits inside of libtorch for a process that is gone must not hold
                // this one.
                Runtime.getRuntime().halt(1);
            }
            throw failure;
        }
        exchange.close();
    }

    private void silence() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setErr(nowhere);
        root.setOut(new PrintWriter(nowhere)).setErr(new PrintWriter(nowhere));
    }
}
