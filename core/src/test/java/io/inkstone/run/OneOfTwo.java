package io.inkstone.run;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A process that trains the tiny recipe with another: its place stands in the environment as torchrun writes it. */
final class OneOfTwo {
    private OneOfTwo() {}

    /** @param words data, run directory, epochs, and further keys */
    public static void main(String[] words) {
        RankExchange exchange = RankExchange.meet(RankPlace.of(System.getenv()).orElseThrow());
        Optional<RankExchange> others = Optional.of(exchange);
        Path out = Path.of(words[1]);
        List<String> keys = new ArrayList<>(Arrays.asList(words).subList(3, words.length));
        keys.add("train.epochs=" + words[2]);
        boolean there = TrainingRun.resumable(out);
        exchange.requireSame("what is there", String.valueOf(there));
        try (TrainingRun run = there
                ? TrainingRun.resume(out, keys, ComputeDevice.CPU, others)
                : TrainingRun.start(
                        SeveralProcessesTest.recipe(Path.of(words[0]), keys),
                        new TrainingStart(out, Optional.empty(), ComputeDevice.CPU, false, sentence -> {}, others))) {
            run.train(List.of());
            exchange.requireSame("the end", StateSum.of(run.trainer()));
        }
        exchange.close();
        System.exit(0);
    }
}
