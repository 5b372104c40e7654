package io.inkstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Where a device that computes beside the host is waited for: every read of a tensor's values in the rooms that a training
 * step, a network or a sampler passes. Whoever adds one here makes each step slower there; think first whether it can stay
 * on the device.
 */
class ReadbackPlacesTest {
    private static final Map<String, Set<String>> PLACES = Map.of(
            // A step: its losses, all at once, and with optimizer.clip the norms of its gradients, all at once.
            "train.Losses", Set.of("numbers"),
            "train.Adam", Set.of("numbers"),
            // Several processes: on the CPU only.
            "train.ranks.RankExchange", Set.of("data_ptr", "toDoubles"),
            "train.ranks.GradientSums", Set.of("toDoubles"),
            // Once a caption that a given text encoder reads, before the first step.
            "models.captioned.CaptionConditions", Set.of("toFloats"),
            // Once a batch of pictures that is drawn or measured.
            "models.draw.Generation", Set.of("toArray"),
            "models.draw.Inference", Set.of("toArray"),
            "models.stable.StableDiffusion", Set.of("toArray"),
            "models.classifier.ClassifierFeatures", Set.of("toFloats"),
            "models.inception.InceptionFeatures", Set.of("toFloats"));

    private static final Set<String> ROOMS = Set.of("layers", "train", "diffusion", "models", "condition");
    private static final Set<String> READS =
            Set.of("toFloats", "toDoubles", "toDouble", "toArray", "numbers", "number");
    private static final Set<String> NATIVE_READS = Set.of(
            "item",
            "item_double",
            "item_float",
            "item_long",
            "item_int",
            "item_bool",
            "is_nonzero",
            "equal",
            "allclose",
            "nonzero",
            "data_ptr",
            "masked_select",
            "unique");

    private final JavaClasses classes = ProductClasses.all();

    @Test
    void theListIsWhole() {
        Map<String, Set<String>> places = new TreeMap<>();
        for (JavaClass from : classes) {
            if (ROOMS.contains(room(from))) {
                from.getAccessesFromSelf().stream()
                        .filter(ReadbackPlacesTest::reads)
                        .forEach(access -> places.computeIfAbsent(outermost(from), missing -> new TreeSet<>())
                                .add(access.getTarget().getName()));
            }
        }
        assertThat(places)
                .as("Classes that wait for the device: keep the values there, or list them in PLACES, and how often")
                .isEqualTo(PLACES);
    }

    private static boolean reads(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return owner.equals("io.inkstone.tensor.Tensors") && READS.contains(name)
                || owner.equals("io.inkstone.tensor.Readback") && READS.contains(name)
                || owner.startsWith("org.bytedeco.pytorch") && NATIVE_READS.contains(name);
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring("io.inkstone".length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }

    private static String outermost(JavaClass type) {
        String name = type.getFullName().substring("io.inkstone.".length());
        int inner = name.indexOf('$');
        return inner < 0 ? name : name.substring(0, inner);
    }
}
