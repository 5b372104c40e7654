package io.inkstone.tensor;

import io.inkstone.Counted;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Whether a graphics card can be computed on here, and what is missing where it cannot.
 *
 * @param driver first line of what NVIDIA's driver says of itself; empty where there is none
 * @param natives whether the libraries on the class path are those for CUDA
 * @param devices that libtorch offers
 */
public record Graphics(Optional<String> driver, boolean natives, int devices) {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    /** Of this process. Loads libtorch. */
    public static Graphics here() {
        String folder = "org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/";
        return new Graphics(
                driver(DRIVER),
                Graphics.class.getClassLoader().getResource(folder) != null,
                ComputeDevice.available().size() - 1);
    }

    static Optional<String> driver(Path file) {
        try {
            return Files.readString(file).lines().findFirst().map(String::strip);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** One sentence. */
    public String words() {
        if (devices > 0) {
            return Words.of("%s can be computed on.", Counted.of(devices, "CUDA device"));
        }
        if (driver.isEmpty()) {
            return natives
                    ? "No GPU: the CUDA libraries are here, but no NVIDIA driver is. Computing on the CPU."
                    : "No GPU: there is no NVIDIA driver here.";
        }
        return natives
                ? Words.of(
                        "No GPU: the CUDA libraries and a driver are here (%s), but libtorch finds no device. Is the driver as new as CUDA, and may this user open /dev/nvidia0?",
                        driver.get())
                : Words.of(
                        "No GPU: an NVIDIA driver is here (%s), but the libraries of libtorch on the class path are those for CPUs.",
                        driver.get());
    }
}
