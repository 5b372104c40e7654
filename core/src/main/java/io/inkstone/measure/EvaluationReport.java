package io.inkstone.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Pixels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluation as it grows: how it was made, what was found, and what should be said beside it. */
public final class EvaluationReport {
    static final String PROTOCOL = "protocol";
    static final String FIGURES = "figures";
    private static final String NOTES = "notes";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Protocol, Object> protocol = new LinkedHashMap<>();
    private final Map<Figure, MeasuredFigure> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Pixels sheet;

    /** @param value text or a number */
    void put(Protocol entry, Object value) {
        protocol.put(entry, value);
    }

    void put(Figure figure, MeasuredFigure measured) {
        figures.put(figure, measured);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /**
     * What cannot be measured: a note, or the end if it was asked for by name.
     *
     * @param changes that would mend it, as {@link InputException#about} takes them
     */
    void cannot(EvaluationWish wish, EvaluationWish.Metric metric, String why, String... changes) {
        if (wish.named(metric)) {
            throw new InputException(Words.of("'%s' cannot be measured: %s", metric.word(), why)).about(changes);
        }
        notes.add(Words.of("%s is left out: %s", metric.word(), why));
    }

    void sheet(Pixels drawn) {
        sheet = drawn;
    }

    /** How it was measured, in the order in which that was decided. */
    public Map<Protocol, Object> protocol() {
        return Collections.unmodifiableMap(protocol);
    }

    /** In the order in which they were found. */
    public Map<Figure, MeasuredFigure> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /** A sentence each. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    /** Generated pictures and the training pictures nearest to them. */
    public Optional<Pixels> sheet() {
        return Optional.ofNullable(sheet);
    }

    /** {@link #fields} as one line of JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(fields());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Everything but the sheet, by the names that files have. */
    public Map<String, Object> fields() {
        Map<String, Object> words = new LinkedHashMap<>();
        protocol.forEach((entry, value) -> words.put(entry.key(), value));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(PROTOCOL, words);
        all.put(FIGURES, FigureFields.write(figures));
        all.put(NOTES, List.copyOf(notes));
        return all;
    }
}
