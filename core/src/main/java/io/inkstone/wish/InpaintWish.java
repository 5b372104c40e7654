package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.Transform;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Editing;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of pictures drawn anew so that it fits the rest, for runs that remove noise.
 *
 * @param images files, folders or one array
 * @param mask a picture of their size: what is bright is drawn anew
 * @param rounds how often each stretch of the way is walked
 * @param drawing the way, the classes, the seeds
 */
public record InpaintWish(List<String> images, String mask, int rounds, DrawingWish drawing) implements Wish {
    public static final int ROUNDS = 4;

    /** From here on a pixel of a mask is bright. */
    private static final int BRIGHT = 0x80;

    public InpaintWish {
        images = List.copyOf(images);
        Required.atLeast(1, "rounds", rounds);
        Editing.requireSingleSteps(drawing.sampling().options());
    }

    @Override
    public Kind kind() {
        return Kind.INPAINT;
    }

    /**
     * @param pictures [N, C, H, W] in the model's range
     * @param open [1, 1, H, W], 1 where something is drawn anew
     */
    public NdArray on(Workbench bench, NdArray pictures, NdArray open) {
        int count = (int) pictures.shape()[0];
        return bench.editing()
                .filled(pictures, open, rounds, drawing.request(bench.saved().model(), count));
    }

    /**
     * The mask [1, 1, H, W]: 1 where its picture is bright, after the crop and the resizing that pictures get.
     *
     * @param pictures that {@code images} name
     */
    public NdArray open(SavedRun saved, NdArray pictures) {
        Pixels drawn = PictureFile.read(Path.of(mask), 1);
        for (PictureNames.Size size : PictureNames.sizes(images, pictures)) {
            if (drawn.width() != size.width() || drawn.height() != size.height()) {
                throw new InputException(Words.of(
                        "The mask %s is %d×%d, but %s is %d×%d: give a mask of the picture's size.",
                        mask, drawn.width(), drawn.height(), size.name(), size.width(), size.height()));
            }
        }
        Transform transform = drawing.size().map(saved.transform()::to).orElse(saved.transform());
        Pixels small =
                PictureNames.isArray(images) ? drawn : transform.withChannels(1).apply(drawn, mask);
        float[] values = new float[small.width() * small.height()];
        int holes = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = small.at(i % small.width(), i / small.width(), 0) >= BRIGHT ? 1 : 0;
            holes += (int) values[i];
        }
        if (holes == 0) {
            throw new InputException(
                    Words.of("The mask %s has nothing bright: paint white what should be drawn anew.", mask));
        }
        return NdArray.of(values, 1, 1, small.height(), small.width());
    }

    /** With what {@code model} takes where nothing was said. */
    public InpaintWish resolved(Generates model) {
        SamplingWish said = drawing.sampling();
        SamplingWish walked = new SamplingWish(
                said.guidance(),
                said.sampler()
                        .or(() -> Editing.singleSteps(model, said.options()).sampler()),
                said.grid(),
                said.steps(),
                said.eta(),
                said.clamp(),
                said.threshold());
        return new InpaintWish(
                images, mask, rounds, drawing.withSampling(walked).resolved(model));
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        files.add(mask);
        files.addAll(drawing.files());
        return files;
    }

    static InpaintWish read(Fields fields) {
        return new InpaintWish(
                fields.list("images"),
                Required.words(fields, "mask"),
                fields.whole("rounds").orElse(ROUNDS),
                DrawingWish.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        drawing.write(json);
        Required.write(json, "images", images);
        json.put("mask", mask);
        json.put("rounds", rounds);
    }
}
