package io.inkstone.models.stable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.LowRankChange;
import io.inkstone.models.conditional.ConditionalConfig;
import io.inkstone.models.conditional.ConditionalShape;
import java.util.Locale;

/**
 * The recipe keys of Stable Diffusion.
 *
 * @param model the U-Net, which is trained
 * @param diffusion how it is trained
 * @param parts what stands beside it
 */
public record StableSettings(ModelGroup model, TrainingGroup diffusion, PartsGroup parts) {
    /** Left to the model that is imported, or started from. */
    public static final String AUTO = "auto";

    /** What a U-Net's output is. */
    public enum Answer {
        /** As the folder or file says; 2.x in a bare single file says nothing. */
        AUTO,
        EPSILON,
        V_PREDICTION;

        @JsonCreator
        static Answer parse(String word) {
            for (Answer each : values()) {
                if (each.word().equals(word)) {
                    return each;
                }
            }
            throw new InputException("expected auto, epsilon or v_prediction, got '" + word + "'");
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param unet the text of its {@code config.json}; auto is that of Stable Diffusion 1.x
     * @param reduction how many times larger pictures are than their latents
     * @param prediction what its output is
     * @param checkpointing whether a training pass computes blocks twice instead of keeping what is inside them
     * @param lora what is trained in place of the whole U-Net
     */
    public record ModelGroup(String unet, int reduction, Answer prediction, boolean checkpointing, Lora lora) {
        public ModelGroup {
            if (reduction < 1) {
                throw new InputException(Words.of("model.reduction is 1 or more, got %d.", reduction));
            }
            if (!unet.equals(AUTO)) {
                ConditionalConfig.parse(unet); // what cannot be built is refused while the recipe is read
            }
        }

        /** The shape of the network. */
        public ConditionalShape shape() {
            return unet.equals(AUTO) ? ConditionalShape.one() : ConditionalConfig.parse(unet);
        }
    }

    /**
     * Low-rank changes that are trained while the U-Net stays as it is (Hu et al. 2021).
     *
     * @param rank inner width of each; 0 trains the whole U-Net
     * @param alpha a change counts alpha ÷ rank; 0 stands for the rank
     */
    public record Lora(int rank, double alpha) {
        static final Lora NONE = new Lora(0, 0);

        public Lora {
            if (rank < 0 || !(alpha >= 0) || !Double.isFinite(alpha)) {
                throw new InputException(Words.of(
                        "model.lora.rank is 0 (the whole U-Net is trained) or more, and model.lora.alpha 0 (as the rank) or more; got %d and %s.",
                        rank, alpha));
            }
        }

        /** Whether there are such. */
        public boolean on() {
            return rank > 0;
        }

        LowRankChange.Size size() {
            return new LowRankChange.Size(rank, alpha == 0 ? rank : alpha);
        }
    }

    /** @param contextDropout share of captions that training leaves out, so that guidance has something to lead away from */
    public record TrainingGroup(double contextDropout) {
        public TrainingGroup {
            if (!(contextDropout >= 0 && contextDropout < 1)) {
                throw new InputException(Words.of("diffusion.contextDropout lies in [0, 1), got %s.", contextDropout));
            }
        }
    }

    /** @param run directory that text encoder, autoencoder, tokenizer and scheduler come from; none until one is named */
    public record PartsGroup(String run) {
        static final PartsGroup NONE = new PartsGroup("none");

        /** Whether a run was named. */
        public boolean named() {
            return !equals(NONE);
        }
    }

    /** Of Stable Diffusion 1.x, no run named. */
    static final StableSettings PUBLISHED = new StableSettings(
            new ModelGroup(AUTO, 8, Answer.AUTO, true, Lora.NONE), new TrainingGroup(0.1), PartsGroup.NONE);

    /** The same with the parts of {@code run}. */
    public StableSettings withRun(String run) {
        return new StableSettings(model, diffusion, new PartsGroup(run));
    }

    /** The same with another network. */
    public StableSettings with(String unet, int reduction, Answer prediction) {
        return new StableSettings(
                new ModelGroup(unet, reduction, prediction, model.checkpointing(), model.lora()), diffusion, parts);
    }
}
