package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.run.SavedRun;

/**
 * The weights behind pictures.
 *
 * @param run directory, absolute
 * @param checkpoint its folder's name
 * @param hash SHA-256 of the weight file
 */
public record Source(String run, String checkpoint, String hash) {
    public static Source of(SavedRun saved) {
        return new Source(ArrayFiles.absolute(saved.directory().root().toString()), saved.checkpoint(), saved.hash());
    }

    static Source read(Fields fields) {
        return new Source(
                fields.words("run").orElse(""),
                fields.words("checkpoint").orElse(""),
                fields.words("hash").orElse(""));
    }

    /** The three keys into {@code json}. */
    public void write(ObjectNode json) {
        json.put("run", run);
        json.put("checkpoint", checkpoint);
        json.put("hash", hash);
    }
}
