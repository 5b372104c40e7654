package io.inkstone.weights.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.SharedData;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.OutputArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What libtorch's own serialisation writes from Java and C++, and views that PyTorch saves lazily. */
class LibtorchFilesTest {
    @TempDir
    Path folder;

    @Test
    void aDictionaryThatWasPickledFromJava() throws IOException {
        WeightSet set = WeightFile.read(SharedData.path("../cases/jvm-dict-refused/dict.pt"));
        assertThat(set.tensors()).containsOnlyKeys("w");
        assertThat(set.tensors().get("w").toFloats()).containsExactly(1, 1, 1);
    }

    @Test
    void aModuleThatWasSavedThroughAnArchive() throws IOException {
        Path file = folder.resolve("module.pt");
        float[] weight;
        try (Scope scope = Scope.open()) {
            Module outer = new Module("net");
            LinearImpl linear = new LinearImpl(3, 2);
            outer.register_module("fc", linear);
            outer.register_buffer("steps", Tensors.of(new float[] {5}, 1));
            OutputArchive archive = new OutputArchive();
            outer.save(archive);
            archive.save_to(file.toString());
            weight = Tensors.toFloats(linear.weight());
        }
        WeightSet set = WeightFile.read(file);
        assertThat(set.tensors()).containsOnlyKeys("fc.weight", "fc.bias", "steps");
        assertThat(set.tensors().get("fc.weight").shape()).containsExactly(2, 3);
        assertThat(set.tensors().get("fc.weight").toFloats()).containsExactly(weight);
        assertThat(set.tensors().get("steps").toFloats()).containsExactly(5);
        assertThat(set.notes()).singleElement().asString().contains("TorchScript module", "3 tensors");
    }

    @Test
    void aNegatedViewKeepsItsSign() throws IOException {
        WeightSet set = WeightFile.read(SharedData.path("../cases/negated-view-loses-sign/negated.pth"));
        assertThat(set.tensors().get("decoder.conv_out.bias").toFloats()).containsExactly(-1, -2, -3);
    }

    /** A view's other bits are not known, so nothing is guessed. */
    @Test
    void otherBitsOfAViewAreRefused() throws IOException {
        byte[] negated = Files.readAllBytes(SharedData.path("../cases/negated-view-loses-sign/negated.pth"));
        String text = new String(negated, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("X\3\0\0\0neg");
        assertThat(at).isPositive();
        negated[at + 5] = 'l';
        Path file = folder.resolve("other.pth");
        Files.write(file, negated);
        assertThatThrownBy(() -> WeightFile.read(file)).hasMessageContaining("'leg' is not understood");
    }
}
