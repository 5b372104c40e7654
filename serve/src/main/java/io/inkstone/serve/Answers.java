package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.Set;

/** The JSON of pictures as the clients of the image API read it. */
final class Answers {
    /** A client that checks what it reads takes these alone for sizes; {@code width} and {@code height} say it in any case. */
    static final Set<String> KNOWN_SIZES = Set.of("1024x1024", "1024x1536", "1536x1024");

    private Answers() {}

    static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    /** All pictures of a request. */
    static ObjectNode whole(Context ctx, AtWork work, Shared.Answer answer) {
        ObjectNode body = RequestFields.JSON.createObjectNode();
        body.put("created", seconds());
        var data = body.putArray("data");
        for (int i = 0; i < answer.made().count(); i++) {
            ObjectNode entry = data.addObject();
            Delivery delivery = work.request().delivery();
            if (delivery.url()) {
                entry.put(
                        "url",
                        ctx.scheme() + "://" + ctx.host() + answer.kept().get(i).path());
            } else {
                entry.put("b64_json", base64(bytes(delivery, answer.made(), i)));
            }
            entry.put("seed", work.request().seeds().get(i));
        }
        described(body, work);
        if (KNOWN_SIZES.contains(work.size())) {
            body.put("size", work.size());
        }
        body.put("model", work.model());
        usage(body);
        return body;
    }

    static byte[] bytes(Delivery delivery, Made made, int index) {
        return delivery.format() == Delivery.Format.PNG
                ? made.png().apply(index)
                : delivery.encoded(made.picture().apply(index));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static void described(ObjectNode body, AtWork work) {
        body.put("background", "opaque");
        body.put("output_format", work.request().delivery().format().word());
        body.put("quality", "high");
        String[] sides = work.size().split("x");
        body.put("width", Integer.parseInt(sides[0])).put("height", Integer.parseInt(sides[1]));
    }

    /** Nothing is counted in tokens here, and clients want the numbers. */
    static void usage(ObjectNode body) {
        ObjectNode usage = body.putObject("usage");
        usage.put("input_tokens", 0).put("output_tokens", 0).put("total_tokens", 0);
        usage.putObject("input_tokens_details").put("image_tokens", 0).put("text_tokens", 0);
    }

    static void json(Context ctx, ObjectNode body) {
        ctx.contentType("application/json").result(body.toString());
    }
}
