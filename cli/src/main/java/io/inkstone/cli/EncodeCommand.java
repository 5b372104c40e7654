package io.inkstone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Choices;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.Split;
import io.inkstone.run.SavedRun;
import io.inkstone.run.part.LatentExport;
import io.inkstone.wish.EncodeWish;
import io.inkstone.wish.Wish;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            paramLabel = "PART",
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
        EncodeWish wish = common.said(this::wish);
        common.requireKind(out, what.data == null ? List.of(".npy", ".safetensors") : List.of(".safetensors"));
        run.requireNew(out);
        run.use(saved -> {
            Workbench bench = run.bench(saved);
            common.said(() -> {
                wish.requirePossible(bench);
                return wish;
            });
            if (bench.removesNoise()) {
                common.requireKind(out, List.of(".npy"));
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", out.toString());
            long[] shape = written(wish, bench);
            fields.put("shape", shape);
            if (!bench.removesNoise()) {
                fields.put("scale", wish.scale(bench));
            }
            common.print(Words.of("%s  %s", out, Arrays.toString(shape)), fields);
        });
    }

    private EncodeWish wish() {
        ObjectNode json = OptionsJson.of(Wish.Kind.ENCODE, labels, drawing);
        OptionsJson.with(json, "images", what.images);
        OptionsJson.with(json, "data", what.data == null ? null : Sources.absolute(what.data));
        OptionsJson.with(json, "part", part == null ? null : Choices.word(part));
        OptionsJson.with(json, "tokenizer", tokenizer == null ? null : tokenizer.toString());
        json.put("skipDamaged", skipDamaged);
        json.put("moments", moments);
        json.put("scaled", scaled);
        return (EncodeWish) Wish.of(json);
    }

    /** The shape of what was written. */
    private long[] written(EncodeWish wish, Workbench bench) {
        if (wish.set().isPresent()) {
            LatentExport.Written written = wish.export(bench, out);
            written.notes().forEach(run.common()::say);
            return written.shape();
        }
        if (!bench.removesNoise()) {
            bench.coding();
        }
        NdArray codes = wish.on(bench, bench.pictures(wish.images()));
        String name = bench.removesNoise() ? "noise" : moments ? "moments" : "latents";
        Written.array(out, name, codes, Map.of());
        if (bench.removesNoise()) {
            run.common().say("Draw from it: " + line(bench.saved()));
        }
        return codes.shape();
    }

    /** That draws the pictures again. */
    private String line(SavedRun saved) {
        return Words.of(
                "inkstone sample %s --noise %s%s%s%s",
                ShellWord.quoted(saved.directory().root()),
                ShellWord.quoted(out),
                labels.words(saved.model()),
                drawing.said().words(),
                run.words());
    }
}
