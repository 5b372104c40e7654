package io.inkstone.models.vae;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.List;

/**
 * The numbers that determine every parameter's shape of a {@link VaeNetwork}.
 *
 * @param pictureChannels 1 or 3
 * @param side h, height and width of the pictures
 * @param channels of the encoder's maps, one per halving
 * @param latent values of a code
 * @param classes c, values of a context; 0 for none
 * @param output last activation of the decoder
 */
public record VaeShape(
        int pictureChannels, int side, List<Integer> channels, int latent, int classes, VaeSettings.Output output)
        implements CodeShape {
    public VaeShape {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || channels.stream().anyMatch(width -> width < 1)) {
            throw new InputException(Words.of(
                    "VAE: model.channels needs one number of 1 or more per halving of the picture, got %s.", channels));
        }
        if (latent < 1) {
            throw new InputException("VAE: model.latent must be 1 or more, got " + latent + ".");
        }
        int most = 32 - Integer.numberOfLeadingZeros(Math.max(0, side - 1));
        if (channels.size() > most) {
            throw new InputException(Words.of(
                            "VAE: pictures of %d can be halved %d times, model.channels asks for %d: %s. Leave out %d of them, or resize the data to %d.",
                            side, most, channels.size(), channels, channels.size() - most, 1 << channels.size()))
                    .about("data.size=" + (1 << channels.size()));
        }
    }

    /** Halvings of the picture. */
    int depth() {
        return channels.size();
    }

    /** Side of the maps after {@code halvings}; a convolution by 2 rounds up. */
    int sideAt(int halvings) {
        int size = side;
        for (int k = 0; k < halvings; k++) {
            size = (size + 1) / 2;
        }
        return size;
    }

    /** Values of the innermost maps. */
    int innermost() {
        int inner = sideAt(depth());
        return channels.get(depth() - 1) * inner * inner;
    }
}
