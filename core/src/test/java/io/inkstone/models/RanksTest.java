package io.inkstone.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Exchange;
import io.inkstone.train.Listener;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several processes, here threads that meet by sockets as processes do, train what one does. */
class RanksTest {
    private static final int STEPS = 50;

    /** What a training came to: its losses, and the first step's weights and the last's. */
    private record Trained(List<Double> losses, Map<String, float[]> first, Map<String, float[]> last) {}

    /** Batches of 8, and one of 3 at the end of an epoch: with four ranks one of them has no picture of it. */
    @ParameterizedTest
    @CsvSource({"dnn, 2", "gan, 2", "vae, 2", "diffusion, 2", "diffusion, 4", "classifier, 2"})
    void trainWhatOneProcessDoes(String family, int ranks) throws Exception {
        Trained alone = train(Families.named(family), Optional.empty(), STEPS);
        List<Trained> together = together(family, ranks);
        assertThat(together.get(0).losses).hasSize(STEPS);
        for (int step = 0; step < STEPS; step++) {
            double loss = alone.losses.get(step);
            assertThat(together.get(0).losses.get(step)).as("step " + step).isCloseTo(loss, within(1e-3 * Math.abs(loss)));
        }
        for (Trained rank : together) {
            assertThat(rank.losses).isEqualTo(together.get(0).losses);
            rank.last.forEach((name, values) ->
                    assertThat(Arrays.equals(values, together.get(0).last.get(name))).as(name).isTrue());
        }
        assertThat(together(family, ranks).get(0).losses).isEqualTo(together.get(0).losses);
    }

    private static List<Trained> together(String family, int ranks) throws Exception {
        int port = freePort();
        ExecutorService threads = Executors.newFixedThreadPool(ranks);
        try {
            List<Future<Trained>> futures = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                RankPlace place = new RankPlace(rank, rank, ranks, "127.0.0.1", port);
                futures.add(threads.submit(() -> {
                    try (RankExchange exchange = RankExchange.meet(place)) {
                        return train(Families.named(family), Optional.of(exchange), STEPS);
                    }
                }));
            }
            List<Trained> all = new ArrayList<>();
            for (Future<Trained> future : futures) {
                all.add(future.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static <S> Trained train(Family<S> family, Optional<RankExchange> exchange, int steps) {
        DataForm form = TinyTraining.form(1, 32);
        List<Double> losses = new ArrayList<>();
        Map<String, float[]> first = new TreeMap<>();
        Map<String, float[]> last = new TreeMap<>();
        TrainingPlan plan = new TrainingPlan(
                100, 1, OptimizerConfig.adam(1e-4), Precision.FLOAT32, ComputeDevice.CPU, new Seed(2));
        try (Model model = TinyTraining.build(family, family.defaults(), form);
                Trainer trainer = new Trainer(
                        model.objective(), plan, Optional.empty(), exchange.<Exchange>map(one -> one)
                                .orElse(Exchange.ALONE))) {
            trainer.run(source(form, exchange.map(RankExchange::place), steps), List.of(new Listener() {
                @Override
                public void stepped(Trainer at, StepReport report) {
                    losses.add(report.loss());
                    if (report.position().step() == 1) {
                        copy(model, first);
                    }
                }
            }));
            copy(model, last);
        }
        return new Trained(losses, first, last);
    }

    private static void copy(Model model, Map<String, float[]> values) {
        model.network().state().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    }

    private static BatchSource source(DataForm form, Optional<RankPlace> place, int steps) {
        return (epoch, inEpoch) -> new BatchSource.Batches() {
            private int done;

            @Override
            public boolean hasNext() {
                return done < steps;
            }

            @Override
            public Batch next() {
                done++;
                int whole = done % 7 == 0 ? 3 : TinyTraining.BATCH;
                Batch all = TinyTraining.batch(form, done % 7 == 0);
                Tensor noise = Tensors.uniform(
                        new Seed(4).generator(Seed.Purpose.ORDER, done), all.pictures().shape());
                Share share = place.map(at -> Share.of(whole, at.rank(), at.ranks()))
                        .orElse(Share.all(whole));
                return new Batch(
                        Tensors.channelsLast(Tensors.combine(0.5, all.pictures(), 0.5, noise)
                                .narrow(0, share.first(), share.count())),
                        all.conditions().subList(share.first(), share.first() + share.count()),
                        all.endsEpoch(),
                        share);
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
