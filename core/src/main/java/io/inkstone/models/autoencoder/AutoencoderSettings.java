package io.inkstone.models.autoencoder;

import io.inkstone.InputException;
import io.inkstone.layers.HandPass;
import java.util.List;

/** The recipe keys of the autoencoder. */
public record AutoencoderSettings(ModelGroup model, ObjectiveGroup objective) {
    /**
     * @param width features of the first level
     * @param multipliers features of each level in widths; each level after the first halves the side
     * @param latent channels of a code
     * @param groups of every norm; 32 as published
     * @param residual whether blocks add what they took; without, to see what that is worth
     * @param attention whether the innermost maps pass a self-attention; without, to see what that is worth
     * @param checkpointing compute blocks twice in training instead of keeping their insides in memory
     */
    public record ModelGroup(
            int width,
            List<Integer> multipliers,
            int latent,
            int groups,
            boolean residual,
            boolean attention,
            BlockMemory checkpointing) {
        public ModelGroup {
            multipliers = List.copyOf(multipliers);
        }
    }

    AutoencoderSettings withCheckpointing(BlockMemory checkpointing) {
        return new AutoencoderSettings(
                new ModelGroup(
                        model.width,
                        model.multipliers,
                        model.latent,
                        model.groups,
                        model.residual,
                        model.attention,
                        checkpointing),
                objective);
    }

    /**
     * Whether a training pass of pictures of {@code shape} [N, C, H, W] computes its blocks twice.
     *
     * @param bytes of a value
     * @param byHand whether it is a pass that forms its gradients by hand
     */
    boolean recomputes(AutoencoderShape network, int bytes, boolean byHand, long... shape) {
        long plain = network.keptValues(shape[0], shape[2], shape[3]) * bytes;
        return model.checkpointing().recomputes(byHand ? plain / HandPass.SPARES : plain);
    }

    /** @param klWeight of the divergence, summed over a code, beside the error, averaged over a picture's values; 0 for none */
    public record ObjectiveGroup(double klWeight) {
        public ObjectiveGroup {
            if (!(klWeight >= 0)) {
                throw new InputException("objective.klWeight must be 0 (none) or more, got " + klWeight + ".");
            }
        }
    }
}
