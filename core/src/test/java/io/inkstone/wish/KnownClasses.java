package io.inkstone.wish;

import io.inkstone.image.PixelRange;
import io.inkstone.layers.Layer;
import io.inkstone.models.Generates;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.train.Objective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A model as far as a wish has to know it: its classes. */
record KnownClasses(List<String> classes, boolean knowsEmptyContext) implements Generates {
    static KnownClasses of(String... classes) {
        return new KnownClasses(List.of(classes), true);
    }

    @Override
    public PictureForm pictures() {
        return new PictureForm(1, 4, PixelRange.SYMMETRIC);
    }

    @Override
    public Layer network() {
        throw new AssertionError("no network is asked");
    }

    @Override
    public Objective objective() {
        throw new AssertionError("nothing is trained");
    }

    @Override
    public long[] inputShape(int count) {
        return new long[] {count, 2};
    }

    @Override
    public void pass(long... inputShape) {
        throw new AssertionError("nothing is computed");
    }

    @Override
    public Tensor generate(GenerationRequest request) {
        throw new AssertionError("nothing is drawn");
    }

    @Override
    public Tensor start(List<Long> seeds) {
        throw new AssertionError("nothing is drawn");
    }
}
