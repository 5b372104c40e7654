package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.inkstone.models.Model;
import io.inkstone.wish.Asked;
import io.inkstone.wish.DrawWish;
import picocli.CommandLine.Option;

/** What pictures should show, for conditional models; null where nothing was said. Its JSON is that of a wish. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Labels {
    @Option(
            names = "--labels",
            paramLabel = "A,B,…",
            description = "A class per picture, by number or name, or one for all; a name with a comma in quotes:"
                    + " '\"a, b\",c'. Conditional models need this or --context, unless they learnt to go without;"
                    + " 'sample' draws all classes without.")
    private String labels;

    @Option(
            names = "--context",
            paramLabel = "MIX",
            description = "One context for all: hat=0.7,glasses=0.3, or none, or C.npy [N, c].")
    private String context;

    @Option(names = "--prompt", paramLabel = "WORDS", description = "In words, for models that read them.")
    private String prompt;

    @Option(
            names = "--prompt-weights",
            description = "Read (word:1.3), (word) and [word] of prompts as weights. Default: brackets are letters.")
    private Boolean promptWeights;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            description = "Leave out the last N layers of the text encoder. Default: 0.")
    private Integer clipSkip;

    /** What the words mean; wrong usage where they say it in two ways. */
    Asked asked(Common common) {
        return common.said(() -> DrawWish.of(OptionsJson.of(this)).asked());
    }

    /** The same as it stands on a line of {@code sample}, which draws all classes where none is said. */
    String words(Model model) {
        if (prompt != null) {
            return " --prompt " + ShellWord.quoted(prompt);
        }
        if (labels != null) {
            return " --labels " + ShellWord.quoted(labels);
        }
        return context == null && model.classes().isEmpty()
                ? ""
                : " --context " + (context == null ? "none" : ShellWord.quoted(context));
    }
}
