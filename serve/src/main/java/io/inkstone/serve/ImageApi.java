package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Words;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1}: models and pictures as usual clients ask for them. */
final class ImageApi {
    private final Drawings drawings;
    private final Joining joining;

    ImageApi(Drawings drawings, Joining joining) {
        this.drawings = drawings;
        this.joining = joining;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/models", this::models);
        routes.get("/v1/models/{name}", this::model);
        routes.post("/v1/images/generations", this::generate);
        routes.post("/v1/images/edits", ctx -> change(ctx, "image_edit", true));
        routes.post("/v1/images/variations", ctx -> change(ctx, "image_edit", false));
    }

    private void models(Context ctx) {
        ObjectNode body = RequestFields.JSON.createObjectNode().put("object", "list");
        var data = body.putArray("data");
        Map<String, Path> runs = drawings.models().runs();
        drawings.models().names().forEach(name -> data.add(described(name, runs.get(name))));
        Answers.json(ctx, body);
    }

    private void model(Context ctx) {
        String name = ctx.pathParam("name");
        if (!drawings.models().names().contains(name)) {
            throw new ApiError(ApiError.Kind.NO_MODEL, Words.of("There is no model '%s'.", name), Optional.of("model"));
        }
        Answers.json(ctx, described(name, drawings.models().root(name)));
    }

    private static ObjectNode described(String name, Path run) {
        return RequestFields.JSON
                .createObjectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", Models.changed(run) / 1000)
                .put("owned_by", "inkstone");
    }

    private void generate(Context ctx) throws IOException {
        ImageRequest request = ImageRequest.read(RequestFields.ofJson(ctx));
        if (request.strength().isPresent()) {
            throw ApiError.invalid("strength", "'strength' belongs to edits and variations.");
        }
        String name = drawings.checked(request);
        String key = Joining.key(ctx, ctx.bodyAsBytes());
        answer(ctx, key, "image_generation", () -> drawings.draw(name, request.seeded(), partials(request)));
    }

    private void change(Context ctx, String kind, boolean isEdit) throws IOException {
        if (!ctx.isMultipartFormData()) {
            throw ApiError.invalid("image", "Send a multipart form with the part 'image'.");
        }
        ObjectNode texts = RequestFields.JSON.createObjectNode();
        Uploads uploads = Uploads.read(ctx, texts);
        uploads.require();
        RequestFields fields = RequestFields.ofForm(texts, ctx);
        ImageRequest request = uploads.meant(ImageRequest.read(fields), isEdit);
        String name = drawings.models().meant(request.model());
        String key = Joining.key(ctx, said(uploads, fields));
        PictureChange change = new PictureChange(() -> uploads, isEdit);
        answer(ctx, key, kind, () -> drawings.change(name, request.seeded(), change, partials(request)));
    }

    private static Optional<Integer> partials(ImageRequest request) {
        return request.delivery().partials().stream().boxed().findFirst();
    }

    private static byte[][] said(Uploads uploads, RequestFields fields) {
        List<byte[]> said = new java.util.ArrayList<>(uploads.images());
        uploads.mask().ifPresent(said::add);
        said.add(fields.said().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return said.toArray(byte[][]::new);
    }

    private void answer(Context ctx, String key, String kind, Supplier<AtWork> beginning) {
        Presence presence = new Presence(ctx);
        Shared shared = joining.join(key, beginning);
        try {
            if (shared.work().request().delivery().isStream()) {
                new PictureStream(kind, shared.work()).follow(ctx, shared, presence);
            } else {
                Answers.json(ctx, Answers.whole(ctx, shared.work(), presence.await(shared.answer(), ctx)));
            }
            joining.served(key, shared);
        } catch (Presence.LeftException left) {
            joining.left(key, shared, ctx.header("X-Stainless-Retry-Count") != null);
            ctx.status(499).result("");
        } catch (RuntimeException failure) {
            joining.served(key, shared);
            throw failure;
        }
    }
}
