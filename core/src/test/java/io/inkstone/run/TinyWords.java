package io.inkstone.run;

import io.inkstone.Words;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Dark and bright squares of 8×8 with two captions each, and recipes that learn from the words in moments. */
final class TinyWords {
    private static final int PICTURES = 80;

    private TinyWords() {}

    /** Writes them into {@code root}, with their captions in metadata.jsonl. */
    static Path data(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            boolean bright = i % 2 == 1;
            String name = Words.of("%03d.png", i);
            PictureFile.write(root.resolve(name), Pixels.filled(8, 8, 0x010101 * (bright ? 225 + i % 7 : 25 + i % 7)));
            String word = bright ? "bright" : "dark";
            lines.add(Words.of(
                    "{\"file_name\": \"%s\", \"text\": [\"a %s square\", \"this square is %s\"]}", name, word, word));
        }
        Files.write(root.resolve("metadata.jsonl"), lines);
        return root;
    }

    /** A recipe of the captioned network, small. */
    static Recipe recipe(String named, Path data, String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "model.width=8",
                "model.attention=[1]",
                "model.blocks=1",
                "model.dropout=0",
                "model.text.width=16",
                "model.text.layers=1",
                "model.text.heads=2",
                "model.text.length=8",
                "optimizer.rate=0.003",
                "ema.halfLifePictures=100",
                "train.batch=20",
                "train.epochs=3",
                "train.saveEveryEpochs=1",
                "diffusion.steps=20",
                "preview.steps=2",
                "preview.count=2",
                "preview.prompts=[a dark square, bright]",
                "preview.everySteps=1000"));
        overrides.addAll(List.of(more));
        return Recipes.load(named, overrides).withSource(data.toString());
    }

    /** The same of the pictures themselves, without a first stage; writes its file into {@code folder}. */
    static Recipe ofPictures(Path folder, Path data, String... more) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pictures.yaml"),
                """
                system: diffusion
                model: {network: captioned, multipliers: [1, 2]}
                diffusion: {path: cosine, target: velocity, contextDropout: 0.15}
                optimizer: {clip: 1}
                """);
        List<String> overrides = new ArrayList<>(List.of("train.saveEveryEpochs=50"));
        overrides.addAll(List.of(more));
        return recipe(file.toString(), data, overrides.toArray(String[]::new));
    }
}
