package io.inkstone.models.vae;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Activation;
import java.util.List;

/** The recipe keys of the convolutional VAE. */
public record VaeSettings(ModelGroup model, ObjectiveGroup objective) {
    /**
     * @param channels of the encoder's maps, one per halving of the picture; the decoder mirrors them
     * @param hidden values of the hidden layers of a network without convolutions; empty for the convolutional one
     * @param latent values of a code
     * @param output last activation of the decoder
     * @param conditional whether encoder and decoder both see the label
     */
    public record ModelGroup(
            List<Integer> channels, List<Integer> hidden, int latent, Output output, boolean conditional) {
        public ModelGroup {
            channels = List.copyOf(channels);
            hidden = List.copyOf(hidden);
            if (!channels.isEmpty() && !hidden.isEmpty()) {
                throw new InputException(Words.of(
                        "model.channels is for convolutions, model.hidden for a network without: leave one of them empty ([]), got %s and %s.",
                        channels, hidden));
            }
        }
    }

    /**
     * @param likelihood what the decoder's output says of a picture
     * @param binarise draw every value of a picture anew as 0 or 1, with the value as the probability of 1, each time it is
     *     seen; Bernoulli only
     * @param klWeight weight of the KL divergence in nats per picture, summed over the code, against the reconstruction; 0
     *     makes a plain autoencoder that never samples
     * @param klWarmUpBatches batches over which that weight grows from 0; 0 for none
     */
    public record ObjectiveGroup(Likelihood likelihood, boolean binarise, double klWeight, long klWarmUpBatches) {
        public ObjectiveGroup {
            if (!(klWeight >= 0 && klWeight < Double.POSITIVE_INFINITY)) {
                throw new InputException(
                        "objective.klWeight must be 0 (plain autoencoder) or more, got " + klWeight + ".");
            }
            if (klWarmUpBatches < 0) {
                throw new InputException(
                        "objective.klWarmUpBatches must be 0 (none) or more, got " + klWarmUpBatches + ".");
            }
            if (binarise && likelihood != Likelihood.BERNOULLI) {
                throw new InputException(
                        "objective.binarise draws zeros and ones, which only objective.likelihood bernoulli fits.");
            }
        }

        /** Squared errors and a weight. */
        public static ObjectiveGroup gaussian(double klWeight) {
            return new ObjectiveGroup(Likelihood.GAUSSIAN, false, klWeight, 0);
        }
    }

    /** What the decoder's output says of a picture. */
    public enum Likelihood {
        /** The mean of every value: the squared error, averaged over all values. */
        @JsonProperty("gaussian")
        GAUSSIAN,
        /** The probability that a value is 1: −log p(x|z) in nats, summed over all values. */
        @JsonProperty("bernoulli")
        BERNOULLI
    }

    /** Refuses what contradicts itself across groups. */
    public VaeSettings {
        if (objective.likelihood() == Likelihood.BERNOULLI && model.output() != Output.SIGMOID) {
            throw new InputException("objective.likelihood bernoulli needs probabilities: choose model.output sigmoid.")
                    .about("model.output=sigmoid");
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
