package io.inkstone.tensor;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch, once per process, so that it always works the same way.
 *
 * <p>JavaCPP extracts libraries one by one while it loads them; with an empty cache a system's own libtorch is then
 * found half-way and the process dies. So everything is extracted first, under a lock that processes starting together
 * share, and only then is the first native class touched.
 */
public final class NativeLibrary {
    private static final String OPENBLAS = "org/bytedeco/openblas/";
    private static final String PYTORCH = "org/bytedeco/pytorch/";
    private static final Pattern NOT_FOUND =
            Pattern.compile("(lib[\\w.+-]+\\.so[.\\d]*): cannot open shared object file");

    private static volatile boolean loaded;

    private NativeLibrary() {}

    /**
     * Makes libtorch usable; quick when it already is. Every class of this package calls it before its first tensor, in a
     * method and not in an initialiser: a class whose initialiser failed stays unusable for the life of the JVM, while here the
     * sentence reaches the caller and a later call tries again.
     */
    public static void load() {
        if (!loaded) {
            first();
        }
    }

    private static synchronized void first() {
        if (loaded) {
            return;
        }
        // JavaCPP's own ceiling on native memory throws in the middle of a backward pass: off.
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        boolean adapted = AdaptedThreads.wanted(System.getenv());
        Thread sharing = sharing();
        try {
            extractEverything();
        } catch (IOException failure) {
            throw new InputException(
                    Words.of(
                            "The native libraries cannot be unpacked into %s: %s. Free some space there, or choose another folder with -Dorg.bytedeco.javacpp.cachedir=FOLDER.",
                            cacheFolder(), failure.getMessage()),
                    failure);
        }
        try {
            Loader.load(torch.class);
        } catch (LinkageError failure) {
            throw new InputException(notLoaded(failure, ofCuda()), failure);
        }
        finish(sharing); // before libtorch's threads begin
        chooseThreads();
        if (adapted) {
            AdaptedThreads.begin();
        }
        Neighbours.watch(System.getenv());
        loaded = true;
    }

    /** Whether libtorch's libraries on the class path are those for CUDA; they compute on the CPU too. */
    static boolean ofCuda() {
        return NativeLibrary.class.getClassLoader().getResource(pytorch(true)) != null;
    }

    private static String pytorch(boolean cuda) {
        return PYTORCH + Loader.getPlatform() + (cuda ? "-gpu/" : "/");
    }

    static String notLoaded(LinkageError failure, boolean cuda) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        Matcher lacking = NOT_FOUND.matcher(String.valueOf(first.getMessage()));
        if (cuda && lacking.find()) {
            return Words.of(
                    "libtorch for CUDA cannot be loaded: %s is not found. Even on a CPU it needs libcudart.so.13 and libcupti.so.13 of CUDA 13: install them and name their folder in LD_LIBRARY_PATH, or use the libraries for CPUs (without INKSTONE_PLATFORM).",
                    lacking.group(1));
        }
        return Words.of(
                "libtorch cannot be loaded from %s: %s. If files there are damaged, remove the folder; else this system lacks a library that libtorch needs.",
                cacheFolder(), first.getMessage());
    }

    /** Beside the unpacking and loading, which take longer. */
    private static Thread sharing() {
        int slice = SharedCores.sliceMicroseconds(System.getenv());
        Thread sharing = new Thread(() -> SharedCores.prepare(slice), "inkstone-shared-cores");
        sharing.setDaemon(true);
        sharing.start();
        return sharing;
    }

    private static void finish(Thread sharing) {
        boolean interrupted = false;
        while (sharing.isAlive()) {
            try {
                sharing.join();
            } catch (InterruptedException marked) {
                interrupted = true; // loading is not what was to be interrupted
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void chooseThreads() {
        // Idle OpenBLAS threads spin against libtorch's own: one is enough beside oneDNN.
        try (PointerScope scope = new PointerScope()) { // the call makes a function pointer
            openblas_nolapack.blas_set_num_threads(1);
        }
        int threads = threads(
                torch.get_num_threads(),
                Runtime.getRuntime().availableProcessors(),
                System.getenv("OMP_NUM_THREADS") != null);
        if (threads != torch.get_num_threads()) {
            torch.set_num_threads(threads);
        }
    }

    /**
     * How many threads share an operation. libtorch counts the processors of the machine, not those that the process may
     * use; more threads than that wait for each other.
     *
     * @param told whether somebody chose a number
     */
    static int threads(int own, int processors, boolean told) {
        return told ? own : Math.min(own, processors);
    }

    private static void extractEverything() throws IOException {
        Path cache = cacheFolder();
        Files.createDirectories(cache);
        try (FileChannel channel = FileChannel.open(
                        cache.resolve(".inkstone.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            extract(OPENBLAS + Loader.getPlatform() + "/");
            extract(pytorch(ofCuda()));
        }
    }

    private static void extract(String folder) throws IOException {
        // By the loader, not by a class: on the module path a class sees the resources of its own module alone.
        ClassLoader loader = NativeLibrary.class.getClassLoader();
        URL url = loader.getResource(folder);
        if (url == null) {
            throw new InputException(Words.of(
                    "There are no native libraries for %s on the class path (%s). Add the artifacts org.bytedeco:pytorch and org.bytedeco:openblas with that classifier.",
                    Loader.getPlatform(), folder));
        }
        if (!(url.openConnection() instanceof JarURLConnection jar)) {
            return; // already plain files
        }
        for (JarEntry entry : (Iterable<JarEntry>) jar.getJarFile().stream()::iterator) {
            String name = entry.getName();
            if (name.startsWith(folder) && isLibrary(name.substring(folder.length()))) {
                Loader.cacheResource(loader.getResource(name));
            }
        }
    }

    private static boolean isLibrary(String name) {
        return !name.contains("/") && (name.contains(".so") || name.endsWith(".dylib") || name.endsWith(".dll"));
    }

    private static Path cacheFolder() {
        try {
            File folder = Loader.getCacheDir();
            return folder.toPath();
        } catch (IOException failure) {
            throw new InputException(
                    "No folder for native libraries can be written: " + failure.getMessage()
                            + ". Choose one with -Dorg.bytedeco.javacpp.cachedir=FOLDER.",
                    failure);
        }
    }
}
