package io.inkstone.tensor;

import io.inkstone.Counted;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a graphics card can be computed on here, and what is missing where it cannot.
 *
 * @param driver first line of what NVIDIA's driver says of itself; empty where there is none
 * @param natives whether the libraries on the class path are those for CUDA
 * @param missing libraries of CUDA that those need and this system does not find
 * @param devices that libtorch offers
 */
public record Graphics(Optional<String> driver, boolean natives, List<String> missing, int devices) {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    /** What libtorch 2.10 for CUDA is linked against, beside the driver. */
    private static final List<String> NEEDED = List.of(
            "libcudart.so.13",
            "libcupti.so.13",
            "libcublas.so.13",
            "libcublasLt.so.13",
            "libcudnn.so.9",
            "libcufft.so.12",
            "libcufile.so.0",
            "libcurand.so.10",
            "libcusolver.so.12",
            "libcusparse.so.12",
            "libnccl.so.2");

    /** Of this process. Loads libtorch. */
    public static Graphics here() {
        int devices = ComputeDevice.available().size() - 1;
        boolean natives = NativeLibrary.ofCuda();
        return new Graphics(driver(DRIVER), natives, natives && devices == 0 ? missing(NEEDED) : List.of(), devices);
    }

    static List<String> missing(List<String> libraries) {
        return libraries.stream().filter(library -> !found(library)).toList();
    }

    private static boolean found(String library) {
        try {
            com.sun.jna.NativeLibrary.getInstance(library).close();
            return true;
        } catch (UnsatisfiedLinkError none) {
            return false;
        }
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
        if (!missing.isEmpty()) {
            return Words.of(
                    "No GPU: libtorch for CUDA is here, but of CUDA 13 and cuDNN 9 it does not find %s (LD_LIBRARY_PATH), and %s. Computing on the CPU.",
                    String.join(", ", missing),
                    driver.isPresent() ? "the driver is " + driver.get() : "there is no NVIDIA driver");
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
                        "No GPU: an NVIDIA driver is here (%s), but the libraries of libtorch on the class path are those for CPUs: INKSTONE_PLATFORM=linux-x86_64-gpu takes those for CUDA.",
                        driver.get());
    }
}
