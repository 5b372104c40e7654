package io.inkstone.bench;

import io.inkstone.tensor.Hardware;
import java.util.List;
import java.util.Map;

/**
 * Where and when rows were measured; rows of one call of {@code bench/run} share it.
 *
 * @param made date, time and commit
 * @param threads how many, in words
 * @param java its version
 * @param rates the most that the machine multiplies, in GFLOP/s; empty where that was not found
 * @param absent who took no part, in words
 * @param tiny a trial of the ruler with tiny networks
 */
record Circumstances(
        String made,
        Hardware hardware,
        String threads,
        String java,
        Map<String, Double> rates,
        List<String> absent,
        boolean tiny) {

    /** For the head of a report, without the names of the rows. */
    String describe() {
        StringBuilder text =
                new StringBuilder("%s. %s; threads: %s; Java %s.".formatted(made, hardware.describe(), threads, java));
        if (!rates.isEmpty()) {
            text.append(
                    " The most it multiplies, in GFLOP/s: matrix products float32 %s, bfloat16 %s; convolutions float32 %s, bfloat16 %s."
                            .formatted(
                                    rate("product.float32"),
                                    rate("product.bfloat16"),
                                    rate("convolution.float32"),
                                    rate("convolution.bfloat16")));
        }
        if (!absent.isEmpty()) {
            text.append(" Left out: %s.".formatted(String.join("; ", absent)));
        }
        if (tiny) {
            text.append(" **A trial of the ruler with tiny networks: these figures mean nothing.**");
        }
        return text.toString();
    }

    private String rate(String key) {
        return "%,.0f".formatted(rates.getOrDefault(key, 0.0));
    }
}
