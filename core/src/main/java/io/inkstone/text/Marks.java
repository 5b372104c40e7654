package io.inkstone.text;

import io.inkstone.text.TokenizerFolder.Mark;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds texts that are one id wherever they stand: the first, and of those at one place the longest. */
final class Marks {
    private final List<Mark> marks;
    private final Pattern any;

    /** @param marks the longest first, spelled as the text that is searched */
    Marks(List<Mark> marks) {
        this.marks = List.copyOf(marks);
        this.any = Pattern.compile(marks.stream()
                .map(mark -> "(" + Pattern.quote(mark.text()) + ")")
                .collect(Collectors.joining("|")));
    }

    /** Hands on, in order, the ids of marks and the texts before, between and behind them. */
    void split(String text, Consumer<String> between, IntConsumer found) {
        int from = 0;
        if (!marks.isEmpty()) {
            for (Matcher matcher = any.matcher(text); matcher.find(); from = matcher.end()) {
                between.accept(text.substring(from, matcher.start()));
                for (int group = 1; group <= marks.size(); group++) {
                    if (matcher.group(group) != null) {
                        found.accept(marks.get(group - 1).id());
                        break;
                    }
                }
            }
        }
        between.accept(text.substring(from));
    }
}
