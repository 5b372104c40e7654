package io.inkstone.tensor;

import io.inkstone.Counted;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the processor offers, read once.
 *
 * @param processor its name as the system tells it
 * @param cores processors this JVM may use
 * @param amx tiles that multiply bfloat16 (Intel AMX)
 * @param avx512Bf16 AVX-512 dot products of bfloat16
 * @param intel whether Intel made it: the dot products of its processors do no more in a cycle than their float32 products
 */
public record Hardware(String processor, int cores, boolean amx, boolean avx512Bf16, boolean intel) {
    private static final Hardware HERE = read();

    public static Hardware here() {
        return HERE;
    }

    /** Whether bfloat16 products are faster than float32 ones on this processor; docs/performance.md has the figures. */
    public boolean multipliesBfloat16() {
        return amx || avx512Bf16 && !intel;
    }

    /** Whether it has instructions for bfloat16 products, faster or not; elsewhere they are emulated, very slowly. */
    public boolean hasBfloat16() {
        return amx || avx512Bf16;
    }

    /** What kernels are chosen by: processors of one type compute the same bytes, however many cores they have. */
    public String type() {
        return Words.of("%s, %s", processor, bfloat16());
    }

    private String bfloat16() {
        return amx ? "AMX bfloat16" : avx512Bf16 ? "AVX512-BF16" : "no native bfloat16";
    }

    /** One line for the start of a run and for reports. */
    public String describe() {
        return Words.of("%s, %s, %s", processor, Counted.of(cores, "core"), bfloat16());
    }

    private static Hardware read() {
        String name = System.getProperty("os.arch");
        Set<String> flags = Set.of();
        boolean intel = false;
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            name = value(lines, "model name", name);
            intel = value(lines, "vendor_id", "").equals("GenuineIntel");
            flags = Set.copyOf(Arrays.stream(value(lines, "flags", "").split(" "))
                    .distinct()
                    .toList());
        } catch (IOException notLinux) {
            // Of multiplying bfloat16 nothing is known there: float32 is always right.
            name = OtherSystems.processor();
        }
        return new Hardware(
                name,
                Runtime.getRuntime().availableProcessors(),
                flags.contains("amx_bf16"),
                flags.contains("avx512_bf16"),
                intel);
    }

    private static String value(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.contains(":"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(otherwise);
    }
}
