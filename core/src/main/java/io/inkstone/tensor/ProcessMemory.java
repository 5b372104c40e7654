package io.inkstone.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process as the system counts it, native tensors included. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** Resident megabytes now; 0 where the system does not tell. */
    public static long residentMegabytes() {
        return megabytes("VmRSS:");
    }

    /** The most there has been; 0 where the system does not tell. */
    public static long peakMegabytes() {
        return megabytes("VmHWM:");
    }

    private static long megabytes(String key) {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
