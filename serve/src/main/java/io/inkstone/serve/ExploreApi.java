package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.image.PictureBytes;
import io.inkstone.image.Pixels;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.studio.Drawn;
import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.studio.Priority;
import io.inkstone.studio.Turn;
import io.inkstone.wish.Asked;
import io.inkstone.wish.PromptWords;
import io.inkstone.wish.SamplingWish;
import io.inkstone.wish.SamplingWishBuilder;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Looking around in what a model draws from: pictures between seeds, moved along single values of a code or along attributes.
 * Nothing is kept; who leaves is not drawn for.
 */
final class ExploreApi {
    private static final int MOST_SIDE = 12;

    /** Steps where nothing is said: who drags waits for each picture. */
    private static final int STEPS = 10;

    private final Drawings drawings;
    private final Directions directions;

    ExploreApi(Drawings drawings) {
        this.drawings = drawings;
        directions = new Directions(drawings);
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/explore", this::plane);
        routes.get("/api/models/{name}/directions", this::directions);
    }

    /** What pictures show and how they are drawn, wherever they lie. */
    private record Look(Optional<String> prompt, Optional<String> context, OptionalInt steps, OptionalDouble guidance) {
        static Look read(RequestFields fields) {
            return new Look(
                    fields.words("prompt"),
                    fields.words("context"),
                    fields.whole("steps", 1, 1000),
                    fields.number("guidance_scale", -100, 100));
        }

        GenerationRequest request(Generates model, Plane plane) {
            int count = plane.points().size();
            SamplingWishBuilder sampling = SamplingWish.builder();
            if (model.isSampled()) {
                int usual = model.steps(SamplingWish.NOTHING.options());
                // Nothing by chance on the way: neighbours would differ by more than where they lie.
                sampling.sampler(SamplerChoice.DDIM.word()).steps(steps.orElse(Math.min(STEPS, usual)));
                guidance.ifPresent(sampling::guidance);
            }
            Asked asked = new PromptWords(model).asked(prompt, context);
            List<Long> seeds = Collections.nCopies(count, plane.anchors().get(0));
            return sampling.build().request(model, seeds, asked.said(model, count));
        }
    }

    private void directions(Context ctx) {
        String name = ctx.pathParam("name");
        ObjectNode body = RequestFields.JSON.createObjectNode();
        var list = body.putArray("dimensions");
        try {
            for (Directions.Dimension each : directions.dimensions(name, new Presence(ctx), ctx)) {
                list.addObject().put("dimension", each.index()).put("change", each.change());
            }
            directions.attributes(name).forEach(body.putArray("attributes")::add);
            Answers.json(ctx, body);
        } catch (Presence.LeftException left) {
            ctx.status(499).result("");
        }
    }

    /** A sheet of pictures without gaps, row by row. */
    private void plane(Context ctx) throws IOException {
        RequestFields fields = RequestFields.ofJson(ctx);
        String name = drawings.models().meant(fields.words("model"));
        Plane plane = Plane.read(fields, MOST_SIDE);
        Directions.Moves moves = Directions.Moves.read(fields);
        Look look = Look.read(fields);
        fields.requireKnown();
        drawings.requireRoom();
        Presence presence = new Presence(ctx);
        try (Lease lease = drawings.models().lease(name)) {
            Generates model = lease.run().generates();
            GenerationRequest request = look.request(model, plane);
            float[] offset = directions.offset(lease, moves, presence, ctx);
            Job<Drawn> job = lease.draw(
                    request.withStart(plane.starts(lease.bench().starts(plane.anchors()), offset)),
                    Turn.USUAL.withPriority(Priority.HIGH));
            answer(ctx, presence, plane, job);
        } catch (Presence.LeftException left) {
            ctx.status(499).result("");
        }
    }

    private static void answer(Context ctx, Presence presence, Plane plane, Job<Drawn> job)
            throws Presence.LeftException {
        try {
            Drawn drawn = presence.await(job.result(), ctx);
            ctx.header("Cache-Control", "no-store").contentType("image/png");
            ctx.result(PictureBytes.png(sheet(drawn, plane.columns()), Map.of()));
        } catch (Presence.LeftException left) {
            job.cancel();
            throw left;
        }
    }

    private static Pixels sheet(Drawn drawn, int columns) {
        Pixels first = drawn.picture(0);
        int row = first.width() * first.channels();
        byte[] all = new byte[drawn.count() * first.height() * row];
        for (int i = 0; i < drawn.count(); i++) {
            byte[] picture = drawn.picture(i).data();
            for (int y = 0; y < first.height(); y++) {
                int line = (i / columns * first.height() + y) * columns + i % columns;
                System.arraycopy(picture, y * row, all, line * row, row);
            }
        }
        int rows = drawn.count() / columns;
        return new Pixels(columns * first.width(), rows * first.height(), first.channels(), all);
    }
}
