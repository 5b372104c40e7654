package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys under which JSON says what pictures should show, or should not.
 *
 * @param labels empty where there is no such way
 */
record AskedKeys(String labels, String context, String prompt) {
    static final AskedKeys ASKED = new AskedKeys("labels", "context", "prompt");
    static final AskedKeys AVOIDED = new AskedKeys("", "negative", "negativePrompt");

    /** Keys that say how a prompt is read, the avoided one too. */
    static final String WEIGHTED = "promptWeights";

    static final String SKIPPED = "clipSkip";

    /** By at most one way; words are read as they stand. */
    Asked of(Optional<String> byLabels, Optional<String> byContext, Optional<String> byPrompt) {
        return of(byLabels, byContext, byPrompt, Condition.Reading.PLAIN);
    }

    private Asked of(
            Optional<String> byLabels,
            Optional<String> byContext,
            Optional<String> byPrompt,
            Condition.Reading reading) {
        List<Asked> said = Stream.of(
                        byLabels.<Asked>map(Asked.Labels::new),
                        byContext.map(Asked::context),
                        byPrompt.<Asked>map(words -> new Asked.Prompt(words, reading)))
                .flatMap(Optional::stream)
                .toList();
        if (said.size() > 1) {
            throw new InputException(Words.of("%s exclude each other: say one of them.", String.join(", ", all())))
                    .about(all());
        }
        return said.isEmpty() ? Asked.NOTHING : said.get(0);
    }

    Asked read(Fields fields) {
        return of(
                labels.isEmpty() ? Optional.empty() : fields.words(labels),
                fields.words(context),
                fields.words(prompt),
                new Condition.Reading(
                        fields.flag(WEIGHTED).orElse(false),
                        fields.whole(SKIPPED).orElse(0)));
    }

    private String[] all() {
        return Stream.of(labels, context, prompt).filter(key -> !key.isEmpty()).toArray(String[]::new);
    }
}
