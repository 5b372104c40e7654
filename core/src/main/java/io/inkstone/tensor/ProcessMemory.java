package io.inkstone.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of this process as the system counts it, native tensors included. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MACHINE = Path.of("/proc/meminfo");

    private ProcessMemory() {}

    /** Resident megabytes now. */
    public static long residentMegabytes() {
        return megabytes(STATUS, "VmRSS:").orElseGet(OtherSystems::residentMegabytes);
    }

    /** The most there has been; beyond Linux the most that anybody asked about. */
    public static long peakMegabytes() {
        return megabytes(STATUS, "VmHWM:").orElseGet(OtherSystems::peakMegabytes);
    }

    /** What this process may still take without pushing others out, of the machine or of its container. */
    public static OptionalLong availableMegabytes() {
        OptionalLong machine = megabytes(MACHINE, "MemAvailable:");
        if (machine.isEmpty()) {
            return OptionalLong.of(OtherSystems.availableMegabytes());
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean container) {
            long limit = container.getTotalMemorySize() >> 20;
            return OptionalLong.of(Math.max(0, Math.min(machine.getAsLong(), limit - residentMegabytes())));
        }
        return machine;
    }

    /** The value of a line in a file of the kernel, which counts in kilobytes. */
    private static OptionalLong megabytes(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }
}
