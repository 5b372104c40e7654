package io.inkstone.run;

import io.inkstone.Words;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Says of long work that counts how far it has come: at each tenth, and at its end.
 *
 * @param what is done, in words
 * @param total that it counts to
 * @param say takes a sentence
 */
public record Tenths(String what, int total, Consumer<String> say) implements IntConsumer {
    /** For work that counts one by one. */
    @Override
    public void accept(int done) {
        passed(done - 1, done);
    }

    /** For work that comes from {@code before} to {@code done} at once. */
    public void passed(int before, int done) {
        if (tenth(done) > tenth(before)) {
            say.accept(Words.of("%s: %,d of %,d done.", what, done, total));
        }
    }

    private long tenth(int count) {
        return 10L * count / total;
    }
}
