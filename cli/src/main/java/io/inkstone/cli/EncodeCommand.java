package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.data.Split;
import io.inkstone.models.Diffuses;
import io.inkstone.models.code.Coding;
import io.inkstone.run.SavedRun;
import io.inkstone.run.part.LatentExport;
import io.inkstone.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
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
                "Writes the codes of pictures: the means, unscaled. With --data those of a whole set, or of one of its"
                        + " parts, with labels and caption ids, for a model that learns from codes. Of runs that remove"
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

        @Option(names = "--data", paramLabel = "PATH", description = "A set, as for train, all of it.")
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
            description = "Only this part of --data: train, validation, test. Default: all.")
    private Split part;

    @Option(names = "--skip-damaged", description = "Leave out pictures of --data that cannot be read, and count them.")
    private boolean skipDamaged;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = ".npy or .safetensors; of --data .safetensors, of noise .npy.")
    private Path out;

    @Override
    public void run() {
        Common common = run.common();
        if (moments && scaled) {
            throw common.wrongUsage("--scaled is for means: leave out --moments.");
        }
        if (what.data == null && (tokenizer != null || part != null || skipDamaged)) {
            throw common.wrongUsage("--tokenizer, --part and --skip-damaged are for --data: leave them out.");
        }
        if (what.data != null && labels.isSaid()) {
            throw common.wrongUsage("--labels and --context are for --images: pictures of --data bring their own.");
        }
        common.requireKind(out, what.data == null ? List.of(".npy", ".safetensors") : List.of(".safetensors"));
        try (SavedRun saved = run.open()) {
            Encoding.Done done = encoding(saved).write(out);
            done.notes().forEach(common::say);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", out.toString());
            fields.put("shape", done.shape());
            done.scale().ifPresent(scale -> fields.put("scale", scale));
            common.print(Words.of("%s  %s", out, Arrays.toString(done.shape())), fields);
        }
    }

    /** What this run makes of what was given; the rest of what was said is refused. */
    private Encoding encoding(SavedRun saved) {
        if (saved.model() instanceof Diffuses) {
            return noise(saved);
        }
        Coding coding = run.coding(saved);
        drawing.said().requireNone(run.common(), "The codes of this run come from an encoder, not from noise");
        double scale = scaled ? saved.latentScale() : 1;
        if (what.data == null) {
            NdArray pictures = Images.read(saved, what.images);
            List<Condition> rows = labels.rows(saved.model(), (int) pictures.shape()[0]);
            return new Encoding.Pictures(coding, pictures, rows, moments, scale);
        }
        LatentExport.Wish wish = new LatentExport.Wish(
                part == null ? Split.ALL : part,
                moments,
                scale,
                Optional.ofNullable(tokenizer).map(ClipTokenizer::open),
                skipDamaged);
        return new Encoding.WholeSet(new LatentExport(saved, coding, wish), Sources.absolute(what.data));
    }

    private Encoding.Noise noise(SavedRun saved) {
        Common common = run.common();
        if (what.data != null || moments || scaled) {
            throw common.wrongUsage("This run's codes are noise, of deviation 1 by itself: leave out --data, --moments"
                    + " and --scaled, give --images.");
        }
        common.requireKind(out, List.of(".npy"));
        Way way = drawing.towards(labels, common);
        way.requireReversible(common);
        NdArray pictures = Images.read(saved, what.images);
        int count = (int) pictures.shape()[0];
        List<Long> seeds = Collections.nCopies(count, 0L); // nothing is drawn by chance
        return new Encoding.Noise(
                run.editing(saved),
                pictures,
                way.request(saved.model(), seeds, labels.rows(saved.model(), count)),
                Words.of(
                        "inkstone sample %s --noise %s%s%s%s",
                        ShellWord.quoted(saved.directory().root()),
                        ShellWord.quoted(out),
                        labels.words(saved.model()),
                        drawing.said().words(),
                        run.words()));
    }
}
