package io.inkstone.examples;

import io.inkstone.array.NdArray;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.SamplingWish;
import io.inkstone.wish.Wish;
import java.nio.file.Path;

/** Says what is wanted, in Java and in JSON. The text below the imports stands in docs/use-as-a-library.md, word for word. */
public final class WishForPictures {
    private WishForPictures() {}

    // docs: begin
    /** The same eight pictures twice: by a wish that was built, and by its JSON. */
    public static NdArray[] draw(Path run, String label) {
        DrawWish built = DrawWish.builder()
                .count(8)
                .seed(7)
                .labels(label)
                .sampling(SamplingWish.builder().guidance(2).steps(4).build())
                .build();
        String json = built.text(); // {"guidance":2.0,"steps":4,"labels":"…","count":8,"seed":7}
        DrawWish read = (DrawWish) Wish.of(json);
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generates model = saved.generates();
            Generation generation = new Generation(model, ComputeDevice.CPU, Precision.FLOAT32);
            return new NdArray[] {generation.pictures(built.request(model)), generation.pictures(read.request(model))};
        }
    }
    // docs: end
}
