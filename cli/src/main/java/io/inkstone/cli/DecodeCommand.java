package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.wish.DecodeWish;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone decode RUN --latents …}. */
@Command(name = "decode", description = "Makes pictures of codes.")
final class DecodeCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @Option(
            names = "--latents",
            required = true,
            paramLabel = "Z.npy",
            description = "Codes [N, latent] or [N, c, h, w], float32, unscaled.")
    private String latents;

    @Option(names = "--scaled", description = "The codes were multiplied by the run's latent scale.")
    private boolean scaled;

    @Option(names = "--out", paramLabel = "FILE", description = "A sheet (.png, .jpg) or the raw pictures (.npy).")
    private Path out;

    @Override
    public void run() {
        DecodeWish wish = new DecodeWish(latents, scaled, labels.asked(run.common()));
        run.use(saved -> {
            Path file = run.sheet(saved, out, "decoded");
            NdArray pictures = wish.on(run.bench(saved));
            List<Pixels> drawn = saved.model().pictures().pixels(pictures);
            Written.pictures(file, pictures, Sheet.of(drawn), Map.of());
            run.common()
                    .print(
                            Words.of("%s  %s", file, Arrays.toString(pictures.shape())),
                            Map.of("file", file.toString(), "shape", pictures.shape()));
        });
    }
}
