package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.Interpolation;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
        run.common().atLeast(1, "--count", count);
        run.common().said(() -> Editing.requireStrength(strength));
        if (invert) {
            drawing.way(run.common()).requireReversible(run.common());
            drawing.labels().requireOne(run.common(), "--invert looks for the one noise of one picture");
        }
        try (SavedRun saved = run.open()) {
            Path file = run.sheet(saved, out, "variations");
            Editing editing = run.editing(saved);
            NdArray original = Images.one(saved, image);
            GenerationRequest request = drawing.request(saved, count, run.common());
            NdArray outputs = invert
                    ? run.generation(saved).pictures(request.withStart(starts(saved, editing, original)))
                    : editing.redrawn(NdArray.joined(Collections.nCopies(count, original)), strength, request);
            List<Pixels> all = new ArrayList<>(saved.model().pictures().pixels(original));
            all.addAll(saved.model().pictures().pixels(outputs));
            Map<String, Object> said = drawing.text(saved);
            said.put("images", List.of(image));
            said.put("strength", strength);
            said.put("count", count);
            said.put("invert", invert);
            new EditedPictures(run, saved, "variations")
                    .write(file, outputs, Sheet.of(all, Math.min(COLUMNS, all.size())), said);
        }
    }

    /** The picture's own noise, turned towards that of each seed. */
    private NdArray starts(SavedRun saved, Editing editing, NdArray original) {
        List<Long> wanted = drawing.seeds(count, run.common());
        NdArray own = editing.inverted(original, drawing.request(saved, 1, run.common()));
        LatentSheet seeds = new LatentSheet(run, saved, drawing.labels(), "variations");
        return NdArray.joined(wanted.stream()
                .map(seed -> Interpolation.SPHERICAL.at(own, seeds.starts(List.of(seed)), strength))
                .toList());
    }
}
