package io.inkstone.models.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.layers.Initializer;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalConfigTest {
    /** What early configurations leave out has the published values. */
    @Test
    void readsThePublishedConfigurations() {
        assertThat(
                        ConditionalConfig.parse(
                                """
                        {"_class_name": "UNet2DConditionModel", "cross_attention_dim": 768, "attention_head_dim": 8,
                         "block_out_channels": [320, 640, 1280, 1280], "sample_size": 64, "freq_shift": 0}"""))
                .isEqualTo(ConditionalShape.one());
        assertThat(
                        ConditionalConfig.parse(
                                """
                        {"cross_attention_dim": 1024, "attention_head_dim": [5, 10, 20, 20], "sample_size": 96,
                         "use_linear_projection": true, "upcast_attention": true, "dual_cross_attention": false,
                         "only_cross_attention": false, "num_class_embeds": null}"""))
                .isEqualTo(ConditionalShape.two());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"class_embed_type\": \"timestep\"} | class_embed_type",
                "{\"addition_embed_type\": \"text_time\"} | addition_embed_type",
                "{\"act_fn\": \"gelu\"} | act_fn \"gelu\"; only \"silu\"",
                "{\"resnet_time_scale_shift\": \"scale_shift\"} | resnet_time_scale_shift",
                "{\"mid_block_scale_factor\": 2} | mid_block_scale_factor 2",
                "{\"attention_head_dim\": [8, 8]} | one for each of 4 levels",
                "{\"attention_head_dim\": 7} | 320 channels do not divide into 7 heads",
                "{\"down_block_types\": [\"SimpleCrossAttnDownBlock2D\"]} | SimpleCrossAttnDownBlock2D",
                "{\"cros_attention_dim\": 768} | Did you mean cross_attention_dim?",
                "{\"norm_num_groups\": 7} | 320 channels do not divide into the 7 groups",
                "[] | no JSON object",
                "{ | not JSON",
            })
    void namesWhatItCannotCompute(String text, String expected) {
        assertThatThrownBy(() -> ConditionalConfig.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesInputsOfAnotherModel() {
        ConditionalShape shape = ConditionalConfig.parse(
                """
                {"block_out_channels": [8, 8], "down_block_types": ["DownBlock2D", "DownBlock2D"],
                 "up_block_types": ["UpBlock2D", "UpBlock2D"], "attention_head_dim": 2, "cross_attention_dim": 6,
                 "norm_num_groups": 4, "layers_per_block": 1}""");
        try (Scope scope = Scope.open();
                ConditionalUnet unet = new ConditionalUnet(Initializer.empty(), shape)) {
            Prompted prompt = Prompted.of(Tensors.zeros(1, 3, 6));
            assertThatThrownBy(() -> unet.apply(Tensors.zeros(1, 9, 4, 4), Tensors.zeros(1), prompt))
                    .hasMessageContaining("U-Net latents");
            assertThatThrownBy(() -> unet.apply(
                            Tensors.zeros(1, 4, 4, 4), Tensors.zeros(1), Prompted.of(Tensors.zeros(1, 3, 7))))
                    .hasMessageContaining("U-Net texts");
            assertThatThrownBy(() -> unet.apply(
                            Tensors.zeros(2, 4, 4, 4), Tensors.zeros(3), Prompted.of(Tensors.zeros(2, 3, 6))))
                    .hasMessageContaining("U-Net times: expected 2 or 1, got 3");
        }
    }
}
