package io.inkstone.models.stable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Words;
import io.inkstone.weights.layout.StableDiffusionFile.Prediction;
import io.inkstone.weights.layout.StableDiffusionFile.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The configurations that a single file leaves out, as diffusers would write them: what shapes tell, and for the rest, such as
 * the number of heads, what the published models of the version have.
 *
 * @param version of the model
 * @param prediction what its U-Net answers
 */
record StableFileConfigs(Version version, Prediction prediction) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Heads of 1.x, whatever their size; 2.x has heads of 64 channels. */
    private static final int HEADS_OF_ONE = 8;

    private static final int HEAD_OF_TWO = 64;

    /** All published first stages, and the clip's heads. */
    private static final double SCALE = 0.18215;

    private static final int CLIP_HEAD = 64;
    private static final int USUAL_SIDE = 64;
    private static final int LARGE_SIDE = 96;
    private static final int REDUCTION = 8;

    /** Of latents: 2.x that answers v was trained on 768×768, all else on 512×512. */
    private int side() {
        return prediction == Prediction.V ? LARGE_SIDE : USUAL_SIDE;
    }

    /** @param shapes under diffusers' names */
    String unet(Map<String, long[]> shapes) {
        List<Integer> widths = widths(shapes, "down_blocks.%d.resnets.0.conv1.weight");
        List<String> down = new ArrayList<>();
        List<String> up = new ArrayList<>();
        List<Integer> heads = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            down.add(
                    shapes.containsKey(Words.of("down_blocks.%d.attentions.0.norm.weight", i))
                            ? "CrossAttnDownBlock2D"
                            : "DownBlock2D");
            up.add(
                    shapes.containsKey(Words.of("up_blocks.%d.attentions.0.norm.weight", i))
                            ? "CrossAttnUpBlock2D"
                            : "UpBlock2D");
            heads.add(version == Version.ONE ? HEADS_OF_ONE : Math.max(1, widths.get(i) / HEAD_OF_TWO));
        }
        String first = "mid_block.attentions.0.";
        ObjectNode config = JSON.createObjectNode().put("_class_name", "UNet2DConditionModel");
        config.set("block_out_channels", JSON.valueToTree(widths));
        config.set("down_block_types", JSON.valueToTree(down));
        config.set("up_block_types", JSON.valueToTree(up));
        config.set("attention_head_dim", JSON.valueToTree(heads));
        config.put("cross_attention_dim", shapes.get(first + "transformer_blocks.0.attn2.to_k.weight")[1])
                .put("in_channels", shapes.get("conv_in.weight")[1])
                .put("out_channels", shapes.get("conv_out.weight")[0])
                .put("layers_per_block", count(shapes, "down_blocks.0.resnets.%d.conv1.weight"))
                .put("transformer_layers_per_block", count(shapes, first + "transformer_blocks.%d.norm1.weight"))
                .put("use_linear_projection", shapes.get(first + "proj_in.weight").length == 2)
                .put("sample_size", side());
        return config.toPrettyString();
    }

    /** @param shapes under diffusers' names */
    String vae(Map<String, long[]> shapes) {
        List<Integer> widths = widths(shapes, "encoder.down_blocks.%d.resnets.0.conv1.weight");
        ObjectNode config = JSON.createObjectNode().put("_class_name", "AutoencoderKL");
        config.set("block_out_channels", JSON.valueToTree(widths));
        config.set("down_block_types", JSON.valueToTree(Collections.nCopies(widths.size(), "DownEncoderBlock2D")));
        config.set("up_block_types", JSON.valueToTree(Collections.nCopies(widths.size(), "UpDecoderBlock2D")));
        config.put("in_channels", shapes.get("encoder.conv_in.weight")[1])
                .put("out_channels", shapes.get("decoder.conv_out.weight")[0])
                .put("latent_channels", shapes.get("post_quant_conv.weight")[0])
                .put("layers_per_block", count(shapes, "encoder.down_blocks.0.resnets.%d.conv1.weight"))
                .put("sample_size", side() * REDUCTION)
                .put("scaling_factor", SCALE);
        return config.toPrettyString();
    }

    /** @param shapes under transformers' names, with their prefix */
    String textEncoder(Map<String, long[]> shapes) {
        String layer = "text_model.encoder.layers.%d.";
        long[] tokens = shapes.get("text_model.embeddings.token_embedding.weight");
        ObjectNode config = JSON.createObjectNode();
        config.set("architectures", JSON.valueToTree(List.of("CLIPTextModel")));
        config.put("model_type", "clip_text_model")
                .put("vocab_size", tokens[0])
                .put("hidden_size", tokens[1])
                .put("max_position_embeddings", shapes.get("text_model.embeddings.position_embedding.weight")[0])
                .put("intermediate_size", shapes.get(Words.of(layer, 0) + "mlp.fc1.weight")[0])
                .put("num_hidden_layers", count(shapes, layer + "layer_norm1.weight"))
                .put("num_attention_heads", Math.max(1, tokens[1] / CLIP_HEAD))
                .put("hidden_act", version == Version.ONE ? "quick_gelu" : "gelu")
                .put("eos_token_id", 2);
        return config.toPrettyString();
    }

    /** As the published folders have it: PNDM for 1.x, DDIM for 2.x. */
    String scheduler() {
        ObjectNode config = JSON.createObjectNode()
                .put("_class_name", version == Version.ONE ? "PNDMScheduler" : "DDIMScheduler")
                .put("beta_start", 0.00085)
                .put("beta_end", 0.012)
                .put("beta_schedule", "scaled_linear")
                .put("num_train_timesteps", 1000)
                .put("prediction_type", prediction == Prediction.V ? "v_prediction" : "epsilon")
                .put("set_alpha_to_one", false)
                .put("steps_offset", 1);
        config = version == Version.ONE ? config.put("skip_prk_steps", true) : config.put("clip_sample", false);
        return config.toPrettyString();
    }

    private static List<Integer> widths(Map<String, long[]> shapes, String name) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < count(shapes, name); i++) {
            widths.add((int) shapes.get(Words.of(name, i))[0]);
        }
        return widths;
    }

    private static int count(Map<String, long[]> shapes, String name) {
        int count = 0;
        while (shapes.containsKey(Words.of(name, count))) {
            count++;
        }
        return count;
    }
}
