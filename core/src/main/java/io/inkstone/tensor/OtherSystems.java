package io.inkstone.tensor;

import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/**
 * Processor and memory on macOS and Windows, by OSHI. Linux tells the same in files that are read in a tenth of a millisecond;
 * OSHI needs half a second to begin and milliseconds for each answer, so it is loaded only where there are no such files.
 */
final class OtherSystems {
    private static final SystemInfo SYSTEM = new SystemInfo();
    private static long mostResident;

    private OtherSystems() {}

    static String processor() {
        return SYSTEM.getHardware()
                .getProcessor()
                .getProcessorIdentifier()
                .getName()
                .strip();
    }

    static synchronized long residentMegabytes() {
        OSProcess process = SYSTEM.getOperatingSystem().getCurrentProcess();
        long resident = process.getResidentSetSize() >> 20;
        mostResident = Math.max(mostResident, resident);
        return resident;
    }

    static synchronized long peakMegabytes() {
        residentMegabytes();
        return mostResident;
    }

    static long availableMegabytes() {
        return SYSTEM.getHardware().getMemory().getAvailable() >> 20;
    }
}
