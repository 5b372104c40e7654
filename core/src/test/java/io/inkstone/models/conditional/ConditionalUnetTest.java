package io.inkstone.models.conditional;

import static org.assertj.core.api.Assertions.assertThat;

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

class ConditionalUnetTest {
    @Test
    void hasThePublishedNumberOfParameters() {
        try (Scope scope = Scope.open();
                ConditionalUnet one = new ConditionalUnet(Initializer.shapesOnly(), ConditionalShape.one());
                ConditionalUnet two = new ConditionalUnet(Initializer.shapesOnly(), ConditionalShape.two());
                ConditionalUnet inpainting = new ConditionalUnet(
                        Initializer.shapesOnly(), ConditionalShape.one().withIn(9))) {
            assertThat(one.parameterCount()).isEqualTo(859_520_964);
            assertThat(two.parameterCount()).isEqualTo(865_910_724);
            assertThat(inpainting.parameterCount()).isEqualTo(859_520_964 + 5 * 9 * 320);
            assertThat(one.parameters().keySet())
                    .hasSize(686)
                    .contains(
                            "down_blocks.0.attentions.1.transformer_blocks.0.attn2.to_out.0.bias",
                            "mid_block.resnets.1.time_emb_proj.weight",
                            "up_blocks.3.attentions.2.transformer_blocks.0.ff.net.2.weight",
                            "up_blocks.0.upsamplers.0.conv.weight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2v"})
    void answersTheReferenceNoise(String name) {
        PublishedCase published = PublishedCase.named(name);
        ConditionalShape shape = ConditionalConfig.parse(published.config("unet"));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ConditionalUnet unet = new ConditionalUnet(Initializer.empty(), shape)) {
            LayerState.fill(unet.state(), published.weights("unet"));
            Tensor noisy = published.tensor("noise");
            Tensor states = published.tensor("hidden").expand(noisy.size(0), 77, -1);
            Tensor time = Tensors.of(new float[] {500}, 1);
            published.assertMatches(unet.apply(noisy, time, Prompted.of(states)), "unet500", 1e-5);
            Tensor frozen = Layer.evaluating(() -> Frozen.during(() -> {
                unet.apply(noisy, time, Prompted.of(states));
                return unet.apply(noisy, time, Prompted.of(states));
            }));
            published.assertMatches(frozen, "unet500", 1e-5);
        }
    }
}
