package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Editing;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures drawn again from the middle of the way, for runs that remove noise.
 *
 * @param images files, folders or one array
 * @param strength 0 gives the pictures back, 1 ignores them
 * @param drawing the way, the classes, the seeds
 */
public record RedrawWish(List<String> images, double strength, DrawingWish drawing) implements Wish {
    public RedrawWish {
        images = List.copyOf(images);
        Editing.requireStrength(strength);
    }

    @Override
    public Kind kind() {
        return Kind.EDIT;
    }

    /** @param pictures [N, C, H, W] in the model's range */
    public NdArray on(Workbench bench, NdArray pictures) {
        int count = (int) pictures.shape()[0];
        return bench.editing()
                .redrawn(pictures, strength, drawing.request(bench.saved().model(), count));
    }

    /** With what {@code model} takes where nothing was said. */
    public RedrawWish resolved(Generates model) {
        return new RedrawWish(images, strength, drawing.resolved(model));
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        files.addAll(drawing.files());
        return files;
    }

    static RedrawWish read(Fields fields) {
        return new RedrawWish(fields.list("images"), Required.number(fields, "strength"), DrawingWish.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        drawing.write(json);
        json.put("strength", strength);
        Required.write(json, "images", images);
    }
}
