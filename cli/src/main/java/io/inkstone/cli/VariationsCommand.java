package io.inkstone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.wish.VaryWish;
import io.inkstone.wish.Wish;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone variations RUN --images A --count N}. */
@Command(
        name = "variations",
        description =
                "Pictures that resemble one picture: it is noised up to --strength and drawn again from there, with"
                        + " another seed each; with --invert its own noise is looked for and turned that far towards"
                        + " others. For runs that remove noise. A sheet that begins with the picture itself.")
final class VariationsCommand implements Runnable {
    private static final int COLUMNS = 8;

    @Mixin
    private TrainedRun run;

    @Mixin
    private DrawingOptions drawing;

    @Option(names = "--images", required = true, paramLabel = "PICTURE", description = "One picture.")
    private String image;

    @Option(names = "--count", paramLabel = "N", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--strength",
            paramLabel = "X",
            defaultValue = "0.6",
            description = "0 gives the picture back, 1 ignores it. Default: ${DEFAULT-VALUE}.")
    private double strength;

    @Option(
            names = "--invert",
            description = "Go the way of ddim backwards to the noise that gives the picture, and vary that.")
    private boolean invert;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/variations.png.")
    private Path out;

    @Override
    public void run() {
        VaryWish wish = run.common().said(this::wish);
        run.use(saved -> {
            Path file = run.sheet(saved, out, "variations");
            Workbench bench = run.bench(saved);
            bench.editing();
            NdArray original = bench.picture(image, wish.drawing());
            NdArray outputs = wish.on(bench, original);
            List<Pixels> all = new ArrayList<>(saved.model().pictures().pixels(original));
            all.addAll(saved.model().pictures().pixels(outputs));
            new EditedPictures(run, saved)
                    .write(
                            file,
                            outputs,
                            Sheet.of(all, Math.min(COLUMNS, all.size())),
                            wish.resolved(saved.generates()));
        });
    }

    private VaryWish wish() {
        ObjectNode json = OptionsJson.of(Wish.Kind.VARIATIONS, drawing);
        OptionsJson.with(json, "images", List.of(image));
        json.put("count", count);
        json.put("strength", strength);
        json.put("invert", invert);
        return (VaryWish) Wish.of(json);
    }
}
