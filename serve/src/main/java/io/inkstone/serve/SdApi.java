package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.studio.Progress;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The second dialect of local front ends, as far as Open WebUI speaks it. Its clients send one size and one sampler to every
 * model: pictures are of the model's own size, and names of samplers that are not known here mean the model's own.
 */
final class SdApi {
    private static final int MOST = ImageRequest.MOST;

    private final Drawings drawings;
    private final Joining joining;
    private final Set<AtWork> atWork = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> chosen = Optional.empty();

    SdApi(Drawings drawings, Joining joining) {
        this.drawings = drawings;
        this.joining = joining;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/sdapi/v1/options", ctx -> Answers.json(ctx, options()));
        routes.post("/sdapi/v1/options", this::choose);
        routes.get("/sdapi/v1/sd-models", this::models);
        routes.get("/sdapi/v1/samplers", this::samplers);
        routes.get("/sdapi/v1/progress", this::progress);
        routes.post("/sdapi/v1/interrupt", this::interrupt);
        routes.post("/sdapi/v1/txt2img", ctx -> answer(ctx, false));
        routes.post("/sdapi/v1/img2img", ctx -> answer(ctx, true));
    }

    private Optional<String> model() {
        return chosen.filter(name -> drawings.models().names().contains(name)).or(drawings.models()::standard);
    }

    private ObjectNode options() {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        return body.put("sd_model_checkpoint", model().orElse(""));
    }

    private void choose(Context ctx) throws IOException {
        JsonNode name = RequestFields.ofJson(ctx).said().path("sd_model_checkpoint");
        if (name.isTextual() && !name.asText().isBlank()) {
            chosen = Optional.of(drawings.models().meant(Optional.of(name.asText())));
        }
        Answers.json(ctx, options());
    }

    private void models(Context ctx) {
        var list = RequestFields.JSON.createArrayNode();
        drawings.models().names().forEach(name -> list.addObject()
                .put("title", name)
                .put("model_name", name)
                .put("filename", name)
                .putNull("hash")
                .putNull("sha256")
                .putNull("config"));
        ctx.contentType("application/json").result(list.toString());
    }

    private void samplers(Context ctx) {
        var list = RequestFields.JSON.createArrayNode();
        for (SamplerChoice each : SamplerChoice.values()) {
            ObjectNode one = list.addObject().put("name", each.word());
            one.putArray("aliases");
            one.putObject("options");
        }
        ctx.contentType("application/json").result(list.toString());
    }

    private void progress(Context ctx) {
        Optional<Progress> now =
                atWork.stream().findFirst().map(work -> work.job().progress());
        double share = now.filter(each -> each.all() > 0)
                .map(each -> (double) each.done() / each.all())
                .orElse(0.0);
        ObjectNode body = RequestFields.JSON.createObjectNode();
        body.put("progress", share).put("eta_relative", 0);
        body.putObject("state")
                .put("job_count", atWork.size())
                .put("sampling_step", now.map(Progress::done).orElse(0L))
                .put("sampling_steps", now.map(Progress::all).orElse(0L));
        body.putNull("current_image").putNull("textinfo");
        Answers.json(ctx, body);
    }

    private void interrupt(Context ctx) {
        atWork.forEach(work -> work.job().cancel());
        Answers.json(ctx, RequestFields.JSON.createObjectNode());
    }

    private void answer(Context ctx, boolean changes) throws IOException {
        ObjectNode said = RequestFields.ofJson(ctx).said();
        ImageRequest request = ImageRequest.read(new RequestFields(translated(said)));
        String name;
        Supplier<AtWork> beginning;
        if (changes) {
            Uploads sent = sent(said);
            sent.require();
            name = drawings.checkedChange(request);
            ImageRequest meant = sent.meant(request, true);
            beginning =
                    () -> drawings.change(name, meant.seeded(), new PictureChange(() -> sent, true), Optional.empty());
        } else {
            name = drawings.checked(request);
            beginning = () -> drawings.draw(name, request.seeded(), Optional.empty());
        }
        Presence presence = new Presence(ctx);
        String key = Joining.key(ctx, ctx.bodyAsBytes());
        Shared shared = joining.join(key, beginning);
        atWork.add(shared.work());
        try {
            Shared.Answer answer = presence.await(shared.answer(), ctx);
            joining.served(key, shared);
            Answers.json(ctx, body(shared.work(), answer));
        } catch (Presence.LeftException left) {
            joining.left(key, shared, false);
            ctx.status(499).result("");
        } catch (RuntimeException failure) {
            joining.served(key, shared);
            throw failure;
        } finally {
            atWork.remove(shared.work());
        }
    }

    /** The request in the words of the first dialect. */
    private ObjectNode translated(ObjectNode said) {
        ObjectNode request = RequestFields.JSON.createObjectNode();
        String model =
                said.path("override_settings").path("sd_model_checkpoint").asText("");
        Optional.of(model)
                .filter(name -> !name.isEmpty())
                .or(this::model)
                .ifPresent(each -> request.put("model", each));
        copy(said, "prompt", request, "prompt");
        if (!said.path("negative_prompt").asText("").isBlank()) {
            copy(said, "negative_prompt", request, "negative_prompt");
        }
        copy(said, "steps", request, "steps");
        copy(said, "cfg_scale", request, "guidance_scale");
        copy(said, "denoising_strength", request, "strength");
        if (said.path("seed").asLong(-1) >= 0) {
            copy(said, "seed", request, "seed");
        }
        known(said.path("sampler_name").asText("")).ifPresent(word -> request.put("sampler", word));
        long n = said.path("batch_size").asLong(1) * said.path("n_iter").asLong(1);
        if (n < 1 || n > MOST) {
            throw ApiError.invalid("batch_size", Words.of("batch_size × n_iter is from 1 to %d, got %d.", MOST, n));
        }
        return request.put("n", n);
    }

    private static void copy(ObjectNode from, String name, ObjectNode to, String other) {
        if (from.hasNonNull(name)) {
            to.set(other, from.get(name));
        }
    }

    /** Names such as {@code DDIM} and {@code DPM++ 2M}; empty for what there is not. */
    private static Optional<String> known(String name) {
        try {
            return Optional.of(
                    SamplerChoice.named(name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'))
                            .word());
        } catch (InputException none) {
            return Optional.empty();
        }
    }

    private static Uploads sent(ObjectNode said) {
        List<byte[]> images = new ArrayList<>();
        said.path("init_images").forEach(image -> images.add(decoded(image.asText(), "init_images")));
        if (images.isEmpty()) {
            throw ApiError.invalid("init_images", "Send a picture in base64 as 'init_images'.");
        }
        return new Uploads(
                images,
                said.hasNonNull("mask") ? Optional.of(decoded(said.get("mask").asText(), "mask")) : Optional.empty());
    }

    private static byte[] decoded(String text, String param) {
        try {
            return Base64.getMimeDecoder().decode(text.substring(text.indexOf(',') + 1));
        } catch (IllegalArgumentException broken) {
            throw ApiError.invalid(param, Words.of("'%s' is no base64.", param));
        }
    }

    private static ObjectNode body(AtWork work, Shared.Answer answer) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var images = body.putArray("images");
        ObjectNode info = RequestFields.JSON.createObjectNode();
        var seeds = info.putArray("all_seeds");
        for (int i = 0; i < answer.made().count(); i++) {
            images.add(Answers.base64(answer.made().png().apply(i)));
            seeds.add(work.request().seeds().get(i));
        }
        info.put("seed", work.request().seeds().get(0));
        info.put("sd_model_name", work.model());
        body.putObject("parameters")
                .put("prompt", work.request().prompt().orElse(""))
                .put("batch_size", answer.made().count());
        return body.put("info", info.toString());
    }
}
