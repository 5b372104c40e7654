package io.inkstone.run.preview;

import io.inkstone.image.FilmStrip;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.code.Coding;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.Examples;
import io.inkstone.run.RunDirectory;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The same few pictures through the model, output above input, with their captions; whenever training is saved, also a
 * sheet of how the first of them came to look so far.
 *
 * @param run where the evolution is kept
 * @param recipe stands in the text of its pictures
 * @param model shares its network with what the trainer calls best
 * @param examples that are not trained on, where there are such
 */
public record ReconstructionPreview(RunDirectory run, Recipe recipe, Autoencodes model, Examples examples)
        implements Preview {
    private static final int EVOLUTION = 16;
    /** Only finished pictures: a kill may have left a temporary file among them. */
    private static final Pattern FRAME = Pattern.compile("step-(\\d{1,18})\\.png");

    @Override
    public String name() {
        return "reconstruction";
    }

    @Override
    public Pixels draw(Trainer trainer) {
        Coding coding =
                new Coding(model, trainer.plan().device(), trainer.plan().precision());
        List<Pixels> outputs = model.pictures()
                .pixels(coding.reconstruct(model.pictures().array(examples.pictures()), examples.conditions()));
        PictureFile.write(
                evolution().resolve(RunDirectory.step(trainer.position().step()) + ".png"),
                outputs.get(0),
                PictureText.of(recipe, trainer));
        int columns = outputs.size();
        List<Pixels> both = new ArrayList<>(outputs);
        both.addAll(examples.pictures());
        Sheet sheet = Sheet.of(both, columns).withRowLabels(List.of("output", "input"));
        return captioned() ? sheet.withCaptions(captions()).draw() : sheet.draw();
    }

    private boolean captioned() {
        return examples.captions().stream().anyMatch(caption -> !caption.isEmpty());
    }

    /** Nothing under the outputs, the words under the inputs. */
    private List<String> captions() {
        List<String> words =
                new ArrayList<>(Collections.nCopies(examples.captions().size(), ""));
        words.addAll(examples.captions());
        return words;
    }

    private Path evolution() {
        return run.samples().resolve("evolution");
    }

    @Override
    public void lookBack(Trainer trainer) {
        List<Path> frames = frames(evolution(), trainer.position().step());
        if (frames.isEmpty()) {
            return;
        }
        List<Pixels> chosen = FilmStrip.thinned(frames, EVOLUTION).stream()
                .map(file -> PictureFile.read(file, model.pictures().channels()))
                .toList();
        PictureFile.write(
                run.samples().resolve("evolution.png"), Sheet.of(chosen).draw(), PictureText.of(recipe, trainer));
    }

    /**
     * In the order of their steps; none before the first preview. Not those of later steps, which a sitting drew that was
     * killed before it saved.
     *
     * @param last step
     */
    static List<Path> frames(Path folder, long last) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        SortedMap<Long, Path> frames = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher name = FRAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    frames.put(Long.parseLong(name.group(1)), file);
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.copyOf(frames.headMap(last + 1).values());
    }
}
