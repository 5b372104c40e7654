package io.inkstone.models.stable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Assumptions;

/** A small Stable Diffusion folder as numbers, which lies beside a checkout: configurations, a formula's weights, and what the reference made of them. */
public record PublishedCase(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code sd1} or {@code sd2v}; skips a test with a word where it is missing. */
    public static PublishedCase named(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared/golden/sd").resolve(name);
            if (Files.exists(found)) {
                return new PublishedCase(found);
            }
        }
        Assumptions.assumeTrue(false, "skipped: no shared/golden/sd/" + name + " beside this checkout");
        throw new AssertionError();
    }

    public String config(String part) {
        return text(part + "/config.json");
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private JsonNode json(String file) {
        try {
            return JSON.readTree(text(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The case's numbers. */
    public JsonNode settings() {
        return json("case.json");
    }

    /** The prompt's ids, int64 [1, 77]. */
    public NdArray ids() {
        JsonNode ids = settings().get("ids");
        long[] values = new long[ids.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ids.get(i).asLong();
        }
        return NdArray.of(values, 1, values.length);
    }

    public NdArray array(String name) {
        Path path = folder.resolve(name + ".npy");
        try (InputStream in = Files.newInputStream(path)) {
            return Npy.read(in, name, 1 << 24);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Tensor tensor(String name) {
        return Tensors.of(array(name));
    }

    /** The formula's weights of a part, under the names of its file. */
    public WeightSet weights(String part) {
        long base = settings().get("bases").get(part).asLong();
        Map<String, NdArray> weights = new LinkedHashMap<>();
        JsonNode entries = json("names.json").get(part);
        for (JsonNode entry : entries) {
            JsonNode sizes = entry.get(1);
            long[] shape = new long[sizes.size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = sizes.get(i).asLong();
            }
            String name = entry.get(0).asText();
            weights.put(name, NdArray.of(FormulaWeights.values(name, base + weights.size(), shape), shape));
        }
        return WeightSet.of(weights);
    }

    /** Compares within {@code tolerance}, relative to the largest value of the reference. */
    public void assertMatches(Tensor actual, String reference, double tolerance) {
        NdArray expected = array(reference);
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(difference(Tensors.toFloats(actual), expected.toFloats()))
                .as("largest difference to " + reference)
                .isLessThan(tolerance);
    }

    private static double difference(float[] got, float[] wanted) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - got[i]));
        }
        return difference / largest;
    }
}
