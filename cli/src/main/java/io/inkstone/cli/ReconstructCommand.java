package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.evaluate.PictureError;
import io.inkstone.image.PictureShape;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.run.SavedRun;
import io.inkstone.wish.ReconstructWish;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone reconstruct RUN --images …}. */
@Command(
        name = "reconstruct",
        description = "Encodes pictures and decodes the means of their codes: a sheet with the output above the input.")
final class ReconstructCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @Option(
            names = "--images",
            required = true,
            arity = "1..*",
            paramLabel = "PATH|X.npy",
            description = "Pictures, folders, or a float32 array [N, C, H, W] in the model's range.")
    private List<String> images;

    @Option(names = "--beside", description = "Input and output side by side instead of one above the other.")
    private boolean beside;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "A sheet (.png, .jpg) or the raw output (.npy, .safetensors).")
    private Path out;

    @Override
    public void run() {
        ReconstructWish wish = new ReconstructWish(images, labels.asked(run.common()));
        run.use(saved -> {
            Path file = run.sheet(saved, out, "reconstruction");
            Workbench bench = run.bench(saved);
            bench.coding();
            NdArray inputs = bench.pictures(images);
            int count = (int) inputs.shape()[0];
            NdArray outputs = wish.on(bench, inputs);
            Written.pictures(file, outputs, sheet(saved, inputs, outputs), Map.of());
            PictureError error = PictureError.mean(PictureError.of(
                    outputs.toFloats(),
                    inputs.toFloats(),
                    PictureShape.of(inputs.shape()),
                    saved.model().pictures().range()));
            run.common()
                    .print(
                            Words.of(
                                    "%s%nPSNR %.2f dB, SSIM %.4f, mean squared error %.6f (in [0, 1]), means over %s",
                                    file,
                                    error.psnr(),
                                    error.ssim(),
                                    error.meanSquared(),
                                    Counted.of(count, "picture")),
                            Map.of(
                                    "file", file.toString(),
                                    "psnr", error.psnr(),
                                    "ssim", error.ssim(),
                                    "meanSquaredError", error.meanSquared(),
                                    "pictures", count));
        });
    }

    private Sheet sheet(SavedRun saved, NdArray inputs, NdArray outputs) {
        List<Pixels> above = saved.model().pictures().pixels(outputs);
        List<Pixels> below = saved.model().pictures().pixels(inputs);
        List<Pixels> all = new ArrayList<>();
        if (beside) {
            for (int i = 0; i < above.size(); i++) {
                all.add(below.get(i));
                all.add(above.get(i));
            }
            return Sheet.of(all, 2).withColumnLabels(List.of("input", "output"));
        }
        Map<String, List<Pixels>> versions = new LinkedHashMap<>();
        versions.put("output", above);
        versions.put("input", below);
        return BeforeAfter.sheet(versions);
    }
}
