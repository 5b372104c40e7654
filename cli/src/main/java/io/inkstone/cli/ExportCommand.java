package io.inkstone.cli;

import io.inkstone.run.SavedRun;
import io.inkstone.run.part.PictureExport;
import io.inkstone.run.part.StableExport;
import io.inkstone.run.part.WeightExport;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.weights.layout.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone export RUN …}. */
@Command(
        name = "export",
        description =
                "Writes a run's weights for other programs: .safetensors, .pth (torch.load with weights_only=True),"
                        + " or a folder for diffusers.",
        footer = {
            "",
            "Examples:",
            "  inkstone export runs/sprites --out sprites.safetensors",
            "  inkstone export runs/fox --layout diffusers --out path/to/stable-diffusion",
            "  inkstone export runs/vae --layout diffusers --out path/to/folder"
        })
final class ExportCommand implements Runnable {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "A run directory.")
    private Path run;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "The ending says the format: .safetensors, .pth or .pt; a folder with --layout diffusers.")
    private Path out;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            defaultValue = "inkstone",
            description =
                    "inkstone, or for the autoencoder compvis or diffusers, or for Stable Diffusion and recipes of the"
                            + " system scheduled-diffusion diffusers. Default: inkstone.")
    private Layout layout;

    @Mixin
    private CheckpointOptions chosen;

    @Mixin
    private Overwriting overwriting;

    @Override
    public void run() {
        overwriting.require(out);
        try (SavedRun saved = SavedRun.open(run, chosen.checkpoint(), chosen.weights(), ComputeDevice.CPU)) {
            List<String> notes = written(saved);
            notes.forEach(common::say);
            common.print(out.toString(), Map.of("file", out.toString(), "notes", notes));
        }
    }

    private List<String> written(SavedRun saved) {
        if (StableExport.fits(saved, layout)) {
            return new StableExport(saved).write(out);
        }
        return PictureExport.fits(saved, layout)
                ? new PictureExport(saved).write(out)
                : new WeightExport(saved, layout).write(out);
    }
}
