package io.inkstone.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Hardware;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Where a run was started: what else its bytes depend on.
 *
 * @param inkstone version of this library
 * @param libtorch version of libtorch
 * @param java version of the JVM
 * @param system operating system
 * @param processor name and what it offers
 * @param device where tensors live
 * @param precision as decided for this device, never auto
 * @param threads of libtorch
 * @param kernels which of two equal ways operations take
 */
public record Environment(
        String inkstone,
        String libtorch,
        String java,
        String system,
        String processor,
        String device,
        Precision precision,
        int threads,
        KernelChoices kernels) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The present one. */
    public static Environment here(ComputeDevice device, Precision precision) {
        return new Environment(
                version(),
                libtorchVersion(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Hardware.here().describe(),
                device.word(),
                precision.on(device),
                torch.get_num_threads(),
                KernelChoices.current());
    }

    private static String libtorchVersion() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    /** This library's version, from its jar; on the module path, where packages have none, from the jar's name. */
    public static String version() {
        String version = Environment.class.getPackage().getImplementationVersion();
        ModuleDescriptor module = Environment.class.getModule().getDescriptor();
        if (version == null && module != null) {
            version = module.rawVersion().orElse(null);
        }
        return version == null ? "development" : version;
    }

    String print() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
