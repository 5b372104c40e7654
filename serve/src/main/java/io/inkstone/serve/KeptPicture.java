package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A picture that was drawn, as the gallery knows it.
 *
 * @param id names its file too
 * @param job that drew it, where one did
 * @param place among the pictures of the same request, from 0
 * @param model by its name then
 * @param words that asked for it
 * @param seed that draws it again
 * @param created milliseconds since 1970
 */
record KeptPicture(
        String id,
        Optional<String> job,
        int place,
        String model,
        String words,
        long seed,
        int width,
        int height,
        long created) {
    static final String COLUMNS = "id, job, place, model, words, seed, width, height, created";

    static KeptPicture of(ResultSet row) throws SQLException {
        return new KeptPicture(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getInt(7),
                row.getInt(8),
                row.getLong(9));
    }

    /** Where the server offers it. */
    String path() {
        return "/pictures/" + id + ".png";
    }

    ObjectNode json() {
        return RequestFields.JSON
                .createObjectNode()
                .put("id", id)
                .put("url", path())
                .put("model", model)
                .put("prompt", words)
                .put("seed", seed)
                .put("width", width)
                .put("height", height)
                .put("created", created / 1000);
    }
}
