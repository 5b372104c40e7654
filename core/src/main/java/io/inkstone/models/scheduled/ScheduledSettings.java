package io.inkstone.models.scheduled;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.models.DataForm;
import io.inkstone.models.conditional.UnconditionalConfig;
import io.inkstone.models.stable.ConfigText;

/**
 * The recipe keys of diffusion along a scheduler.
 *
 * @param model the network
 * @param diffusion its noise
 */
public record ScheduledSettings(ModelGroup model, ScheduleGroup diffusion) {
    private static final String AUTO = "auto";

    /** Of the network for 32×32 pictures (Ho et al. 2020, appendix B). */
    private static final String PUBLISHED =
            """
            {"block_out_channels": [128, 256, 256, 256], "layers_per_block": 2, "attention_head_dim": null,
             "down_block_types": ["DownBlock2D", "AttnDownBlock2D", "DownBlock2D", "DownBlock2D"],
             "up_block_types": ["UpBlock2D", "UpBlock2D", "AttnUpBlock2D", "UpBlock2D"],
             "norm_num_groups": 32, "norm_eps": 1e-06, "downsample_padding": 0, "flip_sin_to_cos": false, "freq_shift": 1}""";

    /** Ho et al. 2020, section 4, with the variance of the posterior. */
    private static final String TABLE =
            """
            {"_class_name": "DDPMScheduler", "num_train_timesteps": 1000, "beta_start": 0.0001, "beta_end": 0.02,
             "beta_schedule": "linear", "prediction_type": "epsilon", "variance_type": "fixed_small", "clip_sample": true}""";

    /** The published network, along the published table. */
    static final ScheduledSettings DEFAULT = new ScheduledSettings(
            new ModelGroup(AUTO), new ScheduleGroup(ConfigText.json(TABLE).toString()));

    /** @param unet the text of the network's {@code config.json}; auto is the published one, for the data's channels */
    public record ModelGroup(String unet) {
        public ModelGroup {
            if (!unet.equals(AUTO)) {
                UnconditionalConfig.parse(unet); // what cannot be built is refused while the recipe is read
            }
        }
    }

    /** @param scheduler the text of {@code scheduler_config.json} */
    public record ScheduleGroup(String scheduler) {
        public ScheduleGroup {
            SchedulerConfig.parse(scheduler);
        }

        SchedulerConfig config() {
            return SchedulerConfig.parse(scheduler);
        }
    }

    /** The same with what a folder says. */
    public ScheduledSettings with(String unet, String scheduler) {
        return new ScheduledSettings(new ModelGroup(unet), new ScheduleGroup(scheduler));
    }

    /** The same with the text of the network's configuration. */
    ScheduledSettings fitted(DataForm data) {
        if (!model.unet().equals(AUTO)) {
            return this;
        }
        ObjectNode config = (ObjectNode) ConfigText.json(PUBLISHED);
        config.put("in_channels", data.channels()).put("out_channels", data.channels());
        if (data.size().isSquare()) {
            config.put("sample_size", data.size().height());
        } else {
            config.putArray("sample_size")
                    .add(data.size().height())
                    .add(data.size().width());
        }
        return with(config.toString(), diffusion.scheduler());
    }

    /** The network, of fitted settings. */
    UnconditionalConfig network() {
        return UnconditionalConfig.parse(model.unet());
    }
}
