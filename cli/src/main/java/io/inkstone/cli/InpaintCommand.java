package io.inkstone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.models.PictureForm;
import io.inkstone.wish.InpaintWish;
import io.inkstone.wish.Wish;
import io.inkstone.wish.Workbench;
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
        InpaintWish wish = run.common().said(this::wish);
        run.use(saved -> {
            Path file = run.sheet(saved, out, "inpainting");
            Workbench bench = run.bench(saved);
            bench.editing();
            NdArray inputs = bench.pictures(images, wish.drawing());
            NdArray open = wish.open(saved, inputs);
            NdArray outputs = run.common().done(() -> wish.on(bench, inputs, open), "seed");
            PictureForm form = saved.model().pictures();
            Map<String, List<Pixels>> versions = new LinkedHashMap<>();
            versions.put("input", form.pixels(inputs));
            versions.put(
                    "hole",
                    form.pixels(inputs).stream().map(each -> holed(each, open)).toList());
            versions.put("output", form.pixels(outputs));
            new EditedPictures(run, saved)
                    .write(file, outputs, BeforeAfter.sheet(versions), wish.resolved(saved.generates()));
        });
    }

    private InpaintWish wish() {
        ObjectNode json = OptionsJson.of(Wish.Kind.INPAINT, drawing);
        OptionsJson.with(json, "images", images);
        json.put("mask", mask.toString());
        json.put("rounds", rounds);
        return (InpaintWish) Wish.of(json);
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
