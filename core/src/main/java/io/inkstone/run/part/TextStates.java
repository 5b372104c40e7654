package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.PreparedSet;
import io.inkstone.models.captioned.CaptionConditions;
import io.inkstone.models.captioned.GivenText;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.Tenths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a given text encoder makes of the captions of a training, each made once and kept like codes of pictures. The empty text, which
 * stands for a caption that is left out, is among them.
 */
public final class TextStates implements AutoCloseable {
    private final CodeCache states;

    private TextStates(CodeCache states) {
        this.states = states;
    }

    /**
     * Reads all captions of {@code set}, or finds their states, and lets the encoder remember them.
     *
     * @param conditions of the model, with a given encoder
     * @param store where they are kept
     */
    public static TextStates of(PreparedSet set, CaptionConditions conditions, CodedBatches.Store store) {
        List<String> texts = texts(set);
        Map<String, Integer> places = new HashMap<>();
        texts.forEach(text -> places.put(text, places.size()));
        int size = conditions.keys().length() * conditions.keys().width();
        Tenths progress = new Tenths("Reading the captions of " + store.pictures(), texts.size(), store.say());
        CodeFile file = new CodeFile(store.folder(), store.name() + "-texts", key(store.folder(), conditions));
        CodeCache cache = CodeCache.of(
                new CodeCache.Extent(texts.size(), size), file, store.memoryBytes(), new CodeFile.Encoder() {
                    @Override
                    public float[] codes(int from, int to, MessageDigest content) {
                        content(from, to, content);
                        float[] made = conditions.statesOf(texts.subList(from, to));
                        progress.passed(from, to);
                        return made;
                    }

                    @Override
                    public void content(int from, int to, MessageDigest content) {
                        texts.subList(from, to)
                                .forEach(text -> content.update((text + "\n").getBytes(StandardCharsets.UTF_8)));
                    }
                });
        conditions.remember(text -> Optional.ofNullable(places.get(text)).map(place -> {
            float[] row = new float[size];
            cache.copy(place, row, 0, size);
            return row;
        }));
        return new TextStates(cache);
    }

    private static List<String> texts(PreparedSet set) {
        TreeSet<String> all = new TreeSet<>();
        all.add("");
        for (int i = 0; i < set.count(); i++) {
            set.entry(i).captions().forEach(text -> all.add(text.strip()));
        }
        return new ArrayList<>(all);
    }

    private static String key(Path run, CaptionConditions conditions) {
        try {
            Path weights = GivenText.weights(run.resolve(Parts.FOLDER));
            byte[] hash = CodeFile.sha256()
                    .digest((SavedRun.hash(weights) + conditions.keys().length()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("The text encoder of %s cannot be read: %s", run, RunDirectory.reason(failure)), failure);
        }
    }

    @Override
    public void close() {
        states.close();
    }
}
