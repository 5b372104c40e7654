package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.models.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the words of a prompt mean to a model, for faces that have one line of text for everything: for a model that reads words,
 * they themselves; for one that knows classes, a class by its name or number, several with commas between them, a mix such as
 * {@code hat=0.7,glasses=0.3}, or {@code none}. What a model does not know is an {@link InputException} that lists what it knows.
 *
 * @param model that is to draw
 */
public record PromptWords(Model model) {
    private static final String NONE = "none";

    /** Whether the model reads words. */
    public boolean areRead() {
        return model.conditions().readsWords();
    }

    /** What {@code prompt} asks for; {@code context} counts where it is said. */
    public Asked asked(Optional<String> prompt, Optional<String> context) {
        if (context.isPresent()) {
            return classes(context.get(), "context");
        }
        if (prompt.isEmpty() || prompt.get().isBlank()) {
            if (model.classes().isEmpty() && !areRead()) {
                return Asked.NOTHING;
            }
            throw new InputException("Say what to draw in the prompt. " + known()).about("prompt");
        }
        return areRead() ? new Asked.Prompt(prompt.get()) : classes(prompt.get(), "prompt");
    }

    /** What guidance leads away from. */
    public Asked avoided(Optional<String> negative) {
        return negative.filter(words -> !words.isBlank())
                .map(words -> areRead() ? new Asked.Prompt(words) : classes(words, "negative_prompt"))
                .orElse(Asked.NOTHING);
    }

    private Asked classes(String said, String param) {
        String words = said.strip();
        if (words.equalsIgnoreCase(NONE)) {
            return model.classes().isEmpty() ? Asked.NOTHING : Asked.NONE;
        }
        Optional<String> whole = named(words);
        if (whole.isPresent() && !param.equals("negative_prompt")) {
            return Asked.labels(List.of(whole.get()));
        }
        String mix = String.join(
                ",",
                Arrays.stream(words.split(",")).map(part -> part(part, param)).toList());
        return new ContextMix(mix);
    }

    /** {@code hat} or {@code hat=0.7} as a mix has it. */
    private String part(String part, String param) {
        int sign = part.lastIndexOf('=');
        String name = (sign < 0 ? part : part.substring(0, sign)).strip();
        String known = named(name).orElseThrow(() -> new InputException(Words.of(
                        "This model does not know '%s'.%s %s",
                        name, NearestName.suggestion(name, model.classes()), known()))
                .about(param));
        String amount = sign < 0 ? "1" : part.substring(sign + 1).strip();
        try {
            if (!Float.isFinite(Float.parseFloat(amount))) {
                throw new NumberFormatException(amount);
            }
        } catch (NumberFormatException none) {
            throw new InputException(Words.of("A part of a mix is NAME=AMOUNT such as hat=0.7, got '%s'.", part))
                    .about(param);
        }
        String quoted = known.matches(".*[,=\"].*") ? "\"" + known.replace("\"", "\"\"") + "\"" : known;
        return quoted + "=" + amount;
    }

    /** The class that is called so, in whatever case, or has this number. */
    private Optional<String> named(String word) {
        List<String> classes = model.classes();
        if (classes.contains(word)) {
            return Optional.of(word);
        }
        if (word.matches("\\d{1,6}") && Integer.parseInt(word) < classes.size()) {
            return Optional.of(classes.get(Integer.parseInt(word)));
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return classes.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).equals(lower))
                .findFirst();
    }

    /** What may be said, as a sentence. */
    public String known() {
        if (areRead()) {
            return "It reads words.";
        }
        return model.classes().isEmpty()
                ? "It draws without being told: send 'none'."
                : Words.of(
                        "It knows: %s; a mix of them such as %s=0.7,%s=0.3; or none.",
                        String.join(", ", model.classes()),
                        model.classes().get(0),
                        model.classes().get(model.classes().size() - 1));
    }
}
