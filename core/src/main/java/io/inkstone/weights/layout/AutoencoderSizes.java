package io.inkstone.weights.layout;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the shapes of a KL autoencoder's tensors say about it.
 *
 * @param channels of the picture, 3 for colour
 * @param width channels after the first convolution
 * @param multipliers channels of each level in units of {@code width}, from the largest picture to the smallest
 * @param latent channels of the latent; the encoder gives twice as many (mean and log-variance)
 * @param blocks residual blocks of a level of the encoder; the decoder has one more
 */
public record AutoencoderSizes(int channels, int width, List<Integer> multipliers, int latent, int blocks) {
    /** With two blocks a level, as published. */
    public AutoencoderSizes(int channels, int width, List<Integer> multipliers, int latent) {
        this(channels, width, multipliers, latent, AutoencoderNames.PUBLISHED_BLOCKS);
    }

    public AutoencoderSizes {
        multipliers = List.copyOf(multipliers);
    }

    /** Reads the sizes off tensors under the numbered names. */
    static AutoencoderSizes of(Map<String, NdArray> tensors, int levels, int blocks) {
        long[] first = shape(tensors, "encoder.0.weight");
        List<Integer> multipliers = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            String name = "encoder." + AutoencoderNames.encoderBlock(level, blocks) + ".s.2.weight";
            long out = shape(tensors, name)[0];
            if (first[0] == 0 || out % first[0] != 0) {
                throw new InputException(Words.of(
                        "The autoencoder's level %d has %d channels (%s), no multiple of its width %d.",
                        level, out, name, first[0]));
            }
            multipliers.add(Math.toIntExact(out / first[0]));
        }
        long latent = shape(tensors, "decoder.0.weight")[0];
        return new AutoencoderSizes((int) first[1], (int) first[0], multipliers, (int) latent, blocks);
    }

    private static long[] shape(Map<String, NdArray> tensors, String name) {
        NdArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new InputException(
                    "The weights hold no " + name + ", without which the autoencoder's sizes cannot be told.");
        }
        long[] shape = tensor.shape();
        if (shape.length != 4 || Arrays.stream(shape).anyMatch(size -> size < 1 || size > 1 << 20)) {
            throw new InputException(Words.of(
                    "%s has the shape %s; a convolution [out, in, height, width] was expected.",
                    name, Arrays.toString(shape)));
        }
        return shape;
    }
}
