package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Model;

/** Nothing was asked for of a model that was never shown a picture of which nothing is known. */
final class Unsaid {
    private Unsaid() {}

    static InputException of(Model model) {
        if (model.conditions().readsWords()) {
            return new InputException(
                            "This model was trained with the caption of every picture, and no words were given: say by a prompt what to draw.")
                    .about("prompt");
        }
        return new InputException(Words.of(
                        "This model was trained with the labels of every picture, and none were given: ask for some of %s, or for the context none, all zeros, which it may never have seen.",
                        String.join(", ", model.classes())))
                .about("labels", "context");
    }
}
