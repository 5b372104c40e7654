package io.inkstone.models.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.LayerState;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTextEncoderTest {
    @Test
    void hasThePublishedNumberOfParameters() {
        try (Scope scope = Scope.open();
                ClipTextEncoder one = new ClipTextEncoder(Initializer.shapesOnly(), ClipTextShape.large());
                ClipTextEncoder two = new ClipTextEncoder(Initializer.shapesOnly(), ClipTextShape.huge())) {
            assertThat(one.parameterCount()).isEqualTo(123_060_480);
            assertThat(two.parameterCount()).isEqualTo(340_387_840);
            assertThat(one.parameters())
                    .containsKeys(
                            "embeddings.position_embedding.weight",
                            "encoder.layers.11.self_attn.out_proj.bias",
                            "encoder.layers.0.mlp.fc1.weight",
                            "final_layer_norm.bias");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2v"})
    void answersTheReferenceStates(String name) {
        PublishedCase published = PublishedCase.named(name);
        ClipTextShape shape = ClipTextShape.parse(published.config("text_encoder"));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ClipTextEncoder encoder = new ClipTextEncoder(Initializer.empty(), shape)) {
            LayerState.fill(encoder.state(), published.weights("text_encoder"));
            Tensor ids = Tensors.of(published.ids());
            published.assertMatches(encoder.apply(ids), "hidden", 1e-5);
            published.assertMatches(
                    Layer.evaluating(() -> Frozen.during(() -> encoder.states(ids, 0))), "hidden", 1e-5);
        }
    }

    private static ClipTextShape tiny(int end) {
        return new ClipTextShape(60, 12, 8, 16, 2, 2, ClipTextShape.Gelu.QUICK, 1e-5, new ClipTextShape.End(end));
    }

    /** The first end mark, or the highest id where the configuration is of the early kind; position 0 without a mark. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({"50, 2", "2, 4", "59, 0"})
    void poolsAtTheEndOfTheText(int end, int position) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ClipTextEncoder encoder =
                        new ClipTextEncoder(Initializer.seeded(new io.inkstone.tensor.Seed(3)), tiny(end))) {
            Tensor ids = Tensors.of(new long[] {49, 7, 50, 50, 55, 50}, 1, 6);
            Tensor states = encoder.states(ids, 0);
            float[] expected = Tensors.toFloats(states.select(1, position));
            assertThat(Tensors.toFloats(encoder.pooled(ids, states))).containsExactly(expected);
        }
    }

    /** A later word changes no earlier state, and without the last layer the states are others. */
    @Test
    void looksBackOnly() {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ClipTextEncoder encoder =
                        new ClipTextEncoder(Initializer.seeded(new io.inkstone.tensor.Seed(3)), tiny(2))) {
            Tensor first = encoder.states(Tensors.of(new long[] {49, 7, 8, 50}, 1, 4), 0);
            Tensor other = encoder.states(Tensors.of(new long[] {49, 7, 9, 50}, 1, 4), 0);
            assertThat(Tensors.toFloats(first.narrow(1, 0, 2)))
                    .containsExactly(Tensors.toFloats(other.narrow(1, 0, 2)));
            assertThat(Tensors.toFloats(first.narrow(1, 2, 1))).isNotEqualTo(Tensors.toFloats(other.narrow(1, 2, 1)));
            Tensor ids = Tensors.of(new long[] {49, 7, 8, 50}, 1, 4);
            assertThat(Tensors.toFloats(encoder.states(ids, 1))).isNotEqualTo(Tensors.toFloats(first));
            assertThatThrownBy(() -> encoder.states(ids, 2))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("2 layers");
            assertThatThrownBy(() -> encoder.states(Tensors.of(new long[13], 1, 13), 0))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("12 ids at most, got 13");
        }
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> ClipTextShape.parse("{\"hidden_act\": \"relu\"}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("hidden_act relu");
        assertThatThrownBy(() -> ClipTextShape.parse("{\"hidden_siz\": 8}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("hidden_siz 8")
                .hasMessageContaining("Did you mean hidden_size?");
        assertThatThrownBy(() -> ClipTextShape.parse("{\"hidden_size\": 10, \"num_attention_heads\": 4}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("10 channels do not divide into 4 heads");
        assertThat(ClipTextShape.parse("{\"_name_or_path\": \"x\", \"torch_dtype\": \"float16\", \"later\": null}")
                        .width())
                .isEqualTo(512);
    }
}
