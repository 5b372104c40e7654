package io.inkstone.models.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.layout.AutoencoderWeights;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedAutoencoderTest {
    /** One residual block a level, and pictures that are not square. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2v"})
    void decodesTheReferencePictures(String name) {
        PublishedCase published = PublishedCase.named(name);
        PublishedAutoencoder config = PublishedAutoencoder.parse(published.config("vae"));
        AutoencoderWeights weights = AutoencoderWeights.read(published.weights("vae"));
        assertThat(weights.sizes().blocks()).isEqualTo(1);
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.empty(), config.shape())) {
            LayerState.fill(network.state(), weights.weights());
            Tensor codes = Tensors.scale(published.tensor("latents"), 1 / config.scale());
            published.assertMatches(network.decode(codes, BlockPass.PLAIN), "pictures", 1e-5);
            Tensor frozen = Layer.evaluating(() -> Frozen.during(() -> network.decode(codes, BlockPass.PLAIN)));
            published.assertMatches(frozen, "pictures", 1e-5);
        }
    }

    @Test
    void namesWhatAsksForAnotherNetwork() {
        assertThatThrownBy(() -> PublishedAutoencoder.parse("{\"use_quant_conv\": false}"))
                .isInstanceOf(InputException.class)
                .hasMessage("The config.json of vae says use_quant_conv false; only true can be computed here.");
        assertThatThrownBy(() -> PublishedAutoencoder.parse("{\"down_block_types\": [\"AttnDownEncoderBlock2D\"]}"))
                .hasMessageContaining("AttnDownEncoderBlock2D");
        assertThatThrownBy(() -> PublishedAutoencoder.parse("{\"block_out_channels\": [64, 96]}"))
                .hasMessageContaining("[64, 96]");
        assertThatThrownBy(() -> PublishedAutoencoder.parse("{\"scaling_factor\": 0}"))
                .hasMessageContaining("scaling_factor 0");
        assertThat(PublishedAutoencoder.parse("{}").scale()).isEqualTo(0.18215);
    }
}
