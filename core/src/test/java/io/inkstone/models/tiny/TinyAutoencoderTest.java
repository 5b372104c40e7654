package io.inkstone.models.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npz;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.stable.FormulaWeights;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TinyAutoencoderTest {
    private static Path reference(String name) throws URISyntaxException {
        return Path.of(Golden.class.getResource("tiny/" + name).toURI());
    }

    private static void assertClose(Tensor actual, NdArray expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        float[] got = Tensors.toFloats(actual);
        float[] wanted = expected.toFloats();
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - wanted[i])).isLessThan(2e-5f);
        }
    }

    @Test
    void answersTheReferenceCodesAndPictures() throws IOException, URISyntaxException {
        Map<String, NdArray> expected = Npz.read(reference("tiny.npz"));
        TinyShape shape = TinyShape.parse(Files.readString(reference("config.json")));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                TinyAutoencoder network = new TinyAutoencoder(Initializer.empty(), shape)) {
            Map<String, Tensor> state = network.state();
            long[] number = {0};
            state.keySet().stream().sorted().forEach(name -> state.get(name)
                    .copy_(Tensors.of(
                            FormulaWeights.values(
                                    name, number[0]++, state.get(name).shape()),
                            state.get(name).shape())));
            Tensor codes = network.encode(Tensors.of(expected.get("pictures")));
            assertClose(codes, expected.get("codes"));
            assertClose(network.decode(Tensors.of(expected.get("codes"))), expected.get("decoded"));
            assertClose(
                    Layer.evaluating(() -> Frozen.during(() -> network.decode(Tensors.of(expected.get("codes"))))),
                    expected.get("decoded"));
        }
    }

    @Test
    void hasThePublishedNumberOfParameters() throws IOException, URISyntaxException {
        long count = Npz.read(reference("tiny.npz")).get("count").toLongs()[0];
        try (Scope scope = Scope.open();
                TinyAutoencoder network = new TinyAutoencoder(Initializer.shapesOnly(), TinyShape.published())) {
            assertThat(network.parameterCount()).isEqualTo(count);
            assertThat(network.shape().reduction()).isEqualTo(8);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                TinyAutoencoder network = new TinyAutoencoder(Initializer.empty(), TinyShape.published())) {
            assertThatThrownBy(() -> network.encode(Tensors.zeros(1, 3, 24, 20)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("divisible by 8, got 24×20");
        }
        assertThatThrownBy(() -> TinyShape.parse("{\"act_fn\": \"gelu\"}")).hasMessageContaining("act_fn \"gelu\"");
        assertThatThrownBy(() -> TinyShape.parse("{\"num_decoder_blocks\": [1]}"))
                .hasMessageContaining("lists of one length");
    }
}
