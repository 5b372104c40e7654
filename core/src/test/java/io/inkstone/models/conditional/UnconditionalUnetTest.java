package io.inkstone.models.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.golden.UnconditionalReference;
import io.inkstone.image.Size;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightSet;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The U-Net of DDPM beside diffusers' {@code UNet2DModel}. */
class UnconditionalUnetTest {
    /** As google/ddpm-cifar10-32 has it. */
    private static final String PUBLISHED =
            """
            {"_class_name": "UNet2DModel", "_diffusers_version": "0.0.4", "act_fn": "silu", "attention_head_dim": null,
             "block_out_channels": [128, 256, 256, 256], "center_input_sample": false,
             "down_block_types": ["DownBlock2D", "UNetResAttnDownBlock2D", "DownBlock2D", "DownBlock2D"],
             "downsample_padding": 0, "flip_sin_to_cos": false, "freq_shift": 1, "in_channels": 3, "layers_per_block": 2,
             "mid_block_scale_factor": 1, "norm_eps": 1e-06, "norm_num_groups": 32, "out_channels": 3, "sample_size": 32,
             "time_embedding_type": "positional",
             "up_block_types": ["UpBlock2D", "UpBlock2D", "AttnUpBlock2D", "UpBlock2D"]}""";

    /** 35.7 million (Ho et al. 2020, appendix B), as that file has them. */
    @Test
    void hasThePublishedNumberOfParameters() {
        UnconditionalConfig config = UnconditionalConfig.parse(PUBLISHED);
        try (Scope scope = Scope.open();
                ConditionalUnet unet = new ConditionalUnet(Initializer.shapesOnly(), config.shape())) {
            assertThat(unet.parameterCount()).isEqualTo(35_746_307);
            assertThat(unet.parameters().keySet())
                    .contains(
                            "down_blocks.1.attentions.1.to_out.0.bias",
                            "mid_block.attentions.0.group_norm.weight",
                            "up_blocks.2.attentions.2.to_q.weight",
                            "up_blocks.0.upsamplers.0.conv.weight");
        }
        assertThat(config.size()).contains(Size.square(32));
        assertThat(config.reduction()).isEqualTo(8);
        assertThat(config.shape().levels().get(1).heads()).isEqualTo(1);
    }

    /** Training scripts of diffusers save the averaged network so, in {@code unet_ema}. */
    @Test
    void notesOnAnAverageInTheConfigChangeNothing() {
        String notes =
                "\"decay\": 0.9999, \"inv_gamma\": 1.0, \"min_decay\": 0.0, \"optimization_step\": 50, \"power\": 0.75,"
                        + " \"update_after_step\": 0, \"use_ema_warmup\": true, ";
        UnconditionalConfig averaged = UnconditionalConfig.parse(PUBLISHED.replaceFirst("\\{", "{" + notes));
        assertThat(averaged.shape())
                .isEqualTo(UnconditionalConfig.parse(PUBLISHED).shape());
    }

    @ParameterizedTest
    @ValueSource(strings = {"heads", "single"})
    void answersAsTheReference(String name) {
        UnconditionalReference reference = new UnconditionalReference();
        UnconditionalConfig config = UnconditionalConfig.parse(UnconditionalReference.config(name));
        long[] shape = reference.array(name + ".answer").shape();
        assertThat(config.size()).contains(new Size((int) shape[2], (int) shape[3]));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ConditionalUnet unet = new ConditionalUnet(Initializer.empty(), config.shape())) {
            LayerState.fill(unet.state(), WeightSet.of(UnconditionalReference.weights(name)));
            Tensor noisy = Tensors.of(UnconditionalReference.noisy(shape), shape);
            Tensor times = Tensors.of(new float[] {999, 3}, 2);
            Supplier<Tensor> answer = () -> unet.apply(noisy, times, Prompted.nothing());
            assertThat(UnconditionalReference.error(Tensors.toFloats(answer.get()), reference.array(name + ".answer")))
                    .isLessThan(1e-5);
            Tensor frozen = Layer.evaluating(() -> Frozen.during(answer));
            assertThat(UnconditionalReference.error(Tensors.toFloats(frozen), reference.array(name + ".answer")))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"time_embedding_type": "fourier"}                     | time_embedding_type "fourier"
            {"time_embedding_type": "learned"}                     | time_embedding_type "learned"
            {"class_embed_type": "timestep"}                       | class_embed_type "timestep"
            {"num_class_embeds": 10}                               | num_class_embeds 10
            {"resnet_time_scale_shift": "scale_shift"}             | resnet_time_scale_shift "scale_shift"
            {"down_block_types": ["DownBlock2D", "SkipDownBlock2D", "DownBlock2D", "DownBlock2D"]} | SkipDownBlock2D
            {"downsample_type": "resnet"}                          | downsample_type "resnet"
            {"center_input_sample": true}                          | center_input_sample true
            {"mid_block_type": null}                               | mid_block_type null
            {"mid_block_scale_factor": 1.41}                       | mid_block_scale_factor 1.41
            {"act_fn": "gelu"}                                     | act_fn "gelu"
            {"out_channels": 6}                                    | out_channels 6
            {"time_embedding_dim": 512}                            | time_embedding_dim 512
            {"attn_norm_num_groups": 16}                           | attn_norm_num_groups 16
            {"attention_head_dim": 5}                              | attention_head_dim 5
            {"block_out_channels": [40, 80, 80, 80]}               | 40 channels do not divide
            {"some_new_field": 3}                                  | some_new_field 3
            {"attention_head_dims": 3}                             | attention_head_dim
            """)
    void refusesOtherNetworksByName(String config, String named) {
        assertThatThrownBy(() -> UnconditionalConfig.parse(config))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(named);
    }
}
