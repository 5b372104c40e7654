package io.inkstone.wish;

import io.inkstone.InputException;
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

    /** By at most one way. */
    Asked of(Optional<String> byLabels, Optional<String> byContext, Optional<String> byPrompt) {
        List<Asked> said = Stream.of(
                        byLabels.<Asked>map(Asked.Labels::new),
                        byContext.map(Asked::context),
                        byPrompt.<Asked>map(Asked.Prompt::new))
                .flatMap(Optional::stream)
                .toList();
        if (said.size() > 1) {
            throw new InputException("%s exclude each other: say one of them.".formatted(String.join(", ", all())))
                    .about(all());
        }
        return said.isEmpty() ? Asked.NOTHING : said.get(0);
    }

    Asked read(Fields fields) {
        return of(
                labels.isEmpty() ? Optional.empty() : fields.words(labels),
                fields.words(context),
                fields.words(prompt));
    }

    private String[] all() {
        return Stream.of(labels, context, prompt).filter(key -> !key.isEmpty()).toArray(String[]::new);
    }
}
