package io.inkstone.models.vae;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.InputException;
import io.inkstone.layers.Activation;
import java.util.List;

/** The recipe keys of the convolutional VAE. */
public record VaeSettings(ModelGroup model, ObjectiveGroup objective) {
    /**
     * @param channels of the encoder's maps, one per halving of the picture; the decoder mirrors them
     * @param latent values of a code
     * @param output last activation of the decoder
     * @param conditional whether encoder and decoder both see the label
     */
    public record ModelGroup(List<Integer> channels, int latent, Output output, boolean conditional) {
        public ModelGroup {
            channels = List.copyOf(channels);
        }
    }

    /**
     * @param klWeight weight of the KL divergence in nats per picture, summed over the code, against a squared error that is
     *     averaged over all values of a picture; 0 makes a plain autoencoder that never samples
     */
    public record ObjectiveGroup(double klWeight) {
        public ObjectiveGroup {
            if (!(klWeight >= 0 && klWeight < Double.POSITIVE_INFINITY)) {
                throw new InputException(
                        "objective.klWeight must be 0 (plain autoencoder) or more, got " + klWeight + ".");
            }
        }
    }

    /** How the decoder's last numbers become values of [0, 1]. */
    public enum Output {
        /** Never leaves (0, 1), and always has a gradient. */
        @JsonProperty("sigmoid")
        SIGMOID {
            @Override
            Activation activation() {
                return Activation.sigmoid();
            }
        },
        /** The published one: without gradient below 0, without bound above 1. */
        @JsonProperty("relu")
        RELU {
            @Override
            Activation activation() {
                return Activation.relu();
            }
        };

        abstract Activation activation();
    }
}
