package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.Transform;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.Editing;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone inpaint RUN --images A --mask M.png}. */
@Command(
        name = "inpaint",
        description =
                "Draws a part of pictures anew so that it fits the rest, which stays as it is. For runs that remove"
                        + " noise. A sheet of input, hole and output.",
        footer = {"", "Example:", "  inkstone inpaint runs/faces --images face.png --mask eyes.png --out seen.png"})
final class InpaintCommand implements Runnable {
    private static final int GREY = 0x80;

    @Mixin
    private TrainedRun run;

    @Mixin
    private DrawingOptions drawing;

    @Option(names = "--images", required = true, arity = "1..*", paramLabel = "PATH", description = "Pictures.")
    private List<String> images;

    @Option(
            names = "--mask",
            required = true,
            paramLabel = "M.png",
            description = "A picture of the same size: what is bright is drawn anew, what is dark stays.")
    private Path mask;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "4",
            description = "How often each stretch of the way is walked; more fits better. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/inpainting.png.")
    private Path out;

    @Override
    public void run() {
        run.common().atLeast(1, "--rounds", rounds);
        Way way = drawing.way(run.common());
        run.common().said(() -> Editing.requireSingleSteps(way.sampling()));
        try (SavedRun saved = run.open()) {
            Path file = run.sheet(saved, out, "inpainting");
            Editing editing = run.editing(saved);
            NdArray inputs = Images.read(saved, images);
            NdArray open = mask(saved, inputs);
            NdArray outputs =
                    editing.filled(inputs, open, rounds, drawing.request(saved, (int) inputs.shape()[0], run.common()));
            PictureForm form = saved.model().pictures();
            Map<String, List<Pixels>> versions = new LinkedHashMap<>();
            versions.put("input", form.pixels(inputs));
            versions.put(
                    "hole",
                    form.pixels(inputs).stream().map(each -> holed(each, open)).toList());
            versions.put("output", form.pixels(outputs));
            Map<String, Object> said = drawing.text(saved);
            said.put("images", images);
            said.put("mask", mask.toString());
            said.put("rounds", rounds);
            new EditedPictures(run, saved, "inpaint").write(file, outputs, BeforeAfter.sheet(versions), said);
        }
    }

    /** [1, 1, H, W]: 1 where the picture is bright, after the crop and the resizing that pictures get. */
    private NdArray mask(SavedRun saved, NdArray inputs) {
        Pixels drawn = PictureFile.read(mask, 1);
        for (Images.Size size : Images.sizes(images, inputs)) {
            if (drawn.width() != size.width() || drawn.height() != size.height()) {
                throw new InputException(Words.of(
                        "The mask %s is %d×%d, but %s is %d×%d: give a mask of the picture's size.",
                        mask, drawn.width(), drawn.height(), size.name(), size.width(), size.height()));
            }
        }
        Transform transform = saved.transform();
        Pixels small =
                Images.isArray(images) ? drawn : transform.withChannels(1).apply(drawn, mask.toString());
        float[] values = new float[small.width() * small.height()];
        int holes = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = small.at(i % small.width(), i / small.width(), 0) >= GREY ? 1 : 0;
            holes += (int) values[i];
        }
        if (holes == 0) {
            throw new InputException(
                    Words.of("The mask %s has nothing bright: paint white what should be drawn anew.", mask));
        }
        return NdArray.of(values, 1, 1, small.height(), small.width());
    }

    private static Pixels holed(Pixels picture, NdArray open) {
        float[] mask = open.toFloats();
        byte[] data = picture.data().clone();
        for (int i = 0; i < data.length; i++) {
            if (mask[i / picture.channels()] > 0) {
                data[i] = (byte) GREY;
            }
        }
        return new Pixels(picture.width(), picture.height(), picture.channels(), data);
    }
}
