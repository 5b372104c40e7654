package io.inkstone.models.classifier;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.List;

/** The recipe keys of the classifier. */
public record ClassifierSettings(ModelGroup model, AugmentGroup augment) {
    /**
     * @param channels maps of each level; each after the first halves the side, the last is the number of features
     * @param attributes whether a picture has any number of its classes, each told by itself; else exactly one
     */
    public record ModelGroup(List<Integer> channels, boolean attributes) {
        public ModelGroup {
            channels = List.copyOf(channels);
            if (channels.isEmpty() || channels.stream().anyMatch(width -> width < 1)) {
                throw new InputException(Words.of(
                        "model.channels needs one number above 0 per level, such as [16, 32, 64], got %s.", channels));
            }
        }
    }

    /** @param shift largest number of pixels by which a picture is moved in training, in each direction */
    public record AugmentGroup(int shift) {
        public AugmentGroup {
            if (shift < 0) {
                throw new InputException(Words.of("augment.shift must be 0 (never) or more pixels, got %d.", shift));
            }
        }
    }
}
