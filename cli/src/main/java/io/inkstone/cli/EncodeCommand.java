package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.data.Split;
import io.inkstone.models.Coding;
import io.inkstone.models.Diffuses;
import io.inkstone.run.LatentExport;
import io.inkstone.run.SavedRun;
import io.inkstone.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone encode RUN …}. */
@Command(
        name = "encode",
        description =
                "Writes the codes of pictures: the means, unscaled. With --data the training part of a set, or another"
                        + " one, with labels and caption ids, for a model that learns from codes. Of runs that remove"
                        + " noise: the noise from which ddim draws the pictures.")
final class EncodeCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @Mixin
    private WayOptions drawing;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** Either some pictures or a whole set. */
    static final class What {
        @Option(
                names = "--images",
                arity = "1..*",
                paramLabel = "PATH|X.npy",
                description = "Pictures, folders, or a float32 array [N, C, H, W] in the model's range.")
        private List<String> images;

        @Option(names = "--data", paramLabel = "PATH", description = "A whole set, as for train.")
        private String data;
    }

    @Option(names = "--moments", description = "Mean and log-variance side by side: [N, 2·latent] or [N, 8, h, w].")
    private boolean moments;

    @Option(names = "--scaled", description = "Multiply by the run's latent scale.")
    private boolean scaled;

    @Option(names = "--tokenizer", paramLabel = "PATH", description = "CLIP vocabulary for the captions of --data.")
    private Path tokenizer;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description = "train, validation, test or all of --data. Default: train.")
    private Split part;

    @Option(names = "--skip-damaged", description = "Leave out pictures of --data that cannot be read, and count them.")
    private boolean skipDamaged;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = ".npy or .safetensors.")
    private Path out;

    @Override
    public void run() {
        if (moments && scaled) {
            throw run.common().wrongUsage("--scaled is for means: leave out --moments.");
        }
        if (what.data == null && (tokenizer != null || part != null || skipDamaged)) {
            throw run.common().wrongUsage("--tokenizer, --part and --skip-damaged are for --data: leave them out.");
        }
        if (what.data != null && labels.isSaid()) {
            throw run.common()
                    .wrongUsage("--labels and --context are for --images: pictures of --data bring their own.");
        }
        run.common().requireKind(out, what.data == null ? List.of(".npy", ".safetensors") : List.of(".safetensors"));
        try (SavedRun saved = run.open()) {
            if (saved.model() instanceof Diffuses) {
                noise(saved);
                return;
            }
            Coding coding = run.coding(saved);
            drawing.requireNothing(run.common(), "The codes of this run come from an encoder, not from noise");
            double scale = scaled ? saved.latentScale() : 1;
            long[] shape = what.data == null ? some(saved, coding, scale) : all(saved, coding, scale);
            run.common()
                    .print(
                            "%s  %s".formatted(out, Arrays.toString(shape)),
                            Map.of("file", out.toString(), "shape", shape, "scale", scale));
        }
    }

    private void noise(SavedRun saved) {
        if (what.data != null || moments || scaled) {
            throw run.common()
                    .wrongUsage("This run's codes are noise, of deviation 1 by itself: leave out --data, --moments and"
                            + " --scaled, give --images.");
        }
        drawing.requireReversible(run.common());
        NdArray pictures = Images.read(saved, what.images);
        List<Long> seeds = Collections.nCopies((int) pictures.shape()[0], 0L); // nothing is drawn by chance
        NdArray noise =
                run.editing(saved).inverted(pictures, drawing.request(seeds, labels, saved.model(), run.common()));
        Written.array(out, "noise", noise, Map.of());
        run.common()
                .say("Draw from it: inkstone sample %s --noise %s%s%s"
                        .formatted(saved.directory().root(), out, labels.words(saved.model()), drawing.words()));
        run.common()
                .print(
                        "%s  %s".formatted(out, Arrays.toString(noise.shape())),
                        Map.of("file", out.toString(), "shape", noise.shape()));
    }

    private long[] all(SavedRun saved, Coding coding, double scale) {
        LatentExport.Wish wish = new LatentExport.Wish(
                part == null ? Split.TRAIN : part,
                moments,
                scale,
                Optional.ofNullable(tokenizer).map(ClipTokenizer::open),
                skipDamaged);
        LatentExport.Written written = new LatentExport(saved, coding, wish).write(out, Sources.absolute(what.data));
        written.notes().forEach(run.common()::say);
        return written.shape();
    }

    private long[] some(SavedRun saved, Coding coding, double scale) {
        NdArray pictures = Images.read(saved, what.images);
        List<float[]> rows = labels.rows(saved.model(), (int) pictures.shape()[0]);
        NdArray codes = moments ? coding.encode(pictures, rows) : coding.means(pictures, rows);
        Written.array(out, moments ? "moments" : "latents", codes.scaled(scale), Map.of());
        return codes.shape();
    }
}
