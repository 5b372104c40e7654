package io.inkstone.cli;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class LocaleTest {
    /** English sentences have English numbers, whatever the machine's habit is. */
    @Test
    void numbersAreWrittenAlikeEverywhere() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
        try {
            Terminal.run("train", "sprites", "--set", "diffusion.steps=0", "--dry-run")
                    .failed(2, "is 1 to 1,000,000, got 0");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }
}
