package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.image.PngText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Pictures that were drawn, and what a PNG file tells of itself. */
final class GalleryApi {
    private static final int MOST = 100;

    private final PictureShelf shelf;

    GalleryApi(PictureShelf shelf) {
        this.shelf = shelf;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/pictures", this::list);
        routes.get("/pictures/{file}", this::picture);
        routes.post("/api/recipe", this::recipe);
    }

    private void list(Context ctx) {
        String before = ctx.queryParam("before");
        long time = before != null && before.matches("\\d{1,15}") ? Long.parseLong(before) : Long.MAX_VALUE;
        String search = ctx.queryParam("search");
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("pictures");
        shelf.newest(search == null ? "" : search, time, MOST)
                .forEach(picture -> list.add(picture.json().put("time", picture.created())));
        Answers.json(ctx, body);
    }

    private void picture(Context ctx) throws IOException {
        String name = ctx.pathParam("file");
        Path file = shelf.find(name.endsWith(".png") ? name.substring(0, name.length() - 4) : "")
                .orElseThrow(() -> new ApiError(ApiError.Kind.NOT_FOUND, "There is no such picture."));
        ctx.header("Cache-Control", "private, max-age=31536000, immutable").contentType("image/png");
        ctx.result(Files.readAllBytes(file));
    }

    /** The texts inside a PNG file that is the body. */
    private void recipe(Context ctx) {
        Map<String, String> text;
        try {
            text = PngText.read(ctx.bodyAsBytes(), "This file");
        } catch (InputException none) {
            throw new ApiError(ApiError.Kind.INVALID, none.getMessage());
        }
        ObjectNode body = RequestFields.JSON.createObjectNode();
        text.forEach(body::put);
        Answers.json(ctx, body);
    }
}
