package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.Interpolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pictures that resemble one picture, for runs that remove noise.
 *
 * @param images one file, or an array of one picture
 * @param count pictures
 * @param strength 0 gives the picture back, 1 ignores it
 * @param invert look for the picture's own noise and turn that towards others, instead of adding noise to the picture
 * @param drawing the way, the classes, the seeds
 */
public record VaryWish(List<String> images, int count, double strength, boolean invert, DrawingWish drawing)
        implements Wish {
    public static final int COUNT = 7;
    public static final double STRENGTH = 0.6;

    public VaryWish {
        images = List.copyOf(images);
        Required.atLeast(1, "count", count);
        Editing.requireStrength(strength);
        drawing.seeds(count);
        if (invert) {
            drawing.sampling().requireReversible();
            drawing.asked().requireOne("With invert the one noise of one picture is looked for");
            drawing.requireOwnSize("With invert a picture keeps the model's own size");
        }
    }

    @Override
    public Kind kind() {
        return Kind.VARIATIONS;
    }

    /** @param picture [1, C, H, W] in the model's range */
    public NdArray on(Workbench bench, NdArray picture) {
        Editing editing = bench.editing();
        GenerationRequest request =
                way(bench.saved().model()).request(bench.saved().model(), count);
        return invert
                ? bench.drawn(starts(bench, editing, picture), request)
                : editing.redrawn(NdArray.joined(Collections.nCopies(count, picture)), strength, request);
    }

    /** The picture's own noise, turned towards that of each seed. */
    private NdArray starts(Workbench bench, Editing editing, NdArray picture) {
        Model model = bench.saved().model();
        NdArray own = editing.inverted(picture, way(model).request(model, 1));
        return NdArray.joined(drawing.seeds(count).stream()
                .map(seed -> Interpolation.SPHERICAL.at(own, bench.starts(List.of(seed)), strength))
                .toList());
    }

    private DrawingWish way(Model model) {
        return invert ? drawing.backwards(model) : drawing;
    }

    /** With what {@code model} takes where nothing was said. */
    public VaryWish resolved(Generates model) {
        return new VaryWish(images, count, strength, invert, way(model).resolved(model));
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        files.addAll(drawing.files());
        return files;
    }

    static VaryWish read(Fields fields) {
        return new VaryWish(
                fields.list("images"),
                fields.whole("count").orElse(COUNT),
                fields.number("strength").orElse(STRENGTH),
                fields.flag("invert").orElse(false),
                DrawingWish.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        drawing.write(json);
        Required.write(json, "images", images);
        json.put("strength", strength);
        json.put("count", count);
        json.put("invert", invert);
    }
}
