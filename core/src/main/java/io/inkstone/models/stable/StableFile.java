package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.stable.StableSource.Part;
import io.inkstone.models.stable.StableSource.Stored;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightSource;
import io.inkstone.weights.layout.StableDiffusionFile;
import io.inkstone.weights.layout.StableDiffusionFile.Prediction;
import io.inkstone.weights.layout.StableDiffusionFile.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Stable Diffusion model in one file of CompVis' layout. It has no configurations: sizes are read off the shapes, and what
 * no shape tells is that of its version. The vocabulary is the one that ships.
 */
public final class StableFile {
    /** The mark that pads texts in 2.x is "!", of id 0. */
    private static final int PAD_OF_TWO = 0;

    private StableFile() {}

    /**
     * Opens a file; only its header is read where it is a safetensors file.
     *
     * @param said what the U-Net's output is, where somebody knows; a bare 2.x file does not say
     * @param which of its U-Nets
     */
    public static StableSource open(Path path, Optional<Prediction> said, NamePrefixes.Which which) throws IOException {
        WeightSource whole = WeightSource.open(path);
        boolean opened = false;
        try {
            StableSource source = source(path, StableDiffusionFile.of(whole), said, which);
            opened = true;
            return source;
        } finally {
            if (!opened) {
                whole.close();
            }
        }
    }

    private static StableSource source(
            Path path, StableDiffusionFile file, Optional<Prediction> said, NamePrefixes.Which which) {
        Prediction prediction = said.or(file.facts()::prediction).orElseThrow(() -> new InputException(Words.of(
                        "%s is a Stable Diffusion 2 file that does not say what its U-Net answers, and both kinds exist: say which, model.prediction epsilon (2-base, 512×512) or v_prediction (2 and 2.1, 768×768).",
                        path))
                .about("model.prediction"));
        Version version = file.facts().version();
        StableFileConfigs configs = new StableFileConfigs(version, prediction);
        WeightSource unet = file.unet(which);
        WeightSource vae = file.vae();
        WeightSource text = file.textEncoder();
        List<String> notes = new ArrayList<>();
        notes.addAll(unet.notes());
        notes.addAll(text.notes());
        file.beside().ifPresent(notes::add);
        ClipTokenizer tokenizer = ClipTokenizer.published();
        return new StableSource(
                path.toString(),
                Map.of(
                        Part.UNET, new Stored(configs.unet(unet.shapes()), unet),
                        Part.VAE, new Stored(configs.vae(vae.shapes()), vae),
                        Part.TEXT_ENCODER, new Stored(configs.textEncoder(text.shapes()), text)),
                configs.scheduler(),
                version == Version.TWO ? tokenizer.withPad(PAD_OF_TWO) : tokenizer,
                notes.stream().distinct().toList());
    }
}
