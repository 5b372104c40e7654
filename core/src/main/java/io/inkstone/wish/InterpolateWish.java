package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.Interpolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way from one picture to another: through their codes (where noise is removed, through the noise from which they are
 * drawn), from one seed to another, or with one seed from one context to another. One of the three is said.
 *
 * @param images two files
 * @param seeds two picture seeds
 * @param to the context that the way leads to, from what {@code drawing} asks for
 * @param spherical along the great circle instead of the straight line; between noises always
 * @param count pictures of the way, its ends included
 * @param drawing the way from noise to pictures, the classes, the seed of all pictures
 */
public record InterpolateWish(
        List<String> images, List<Long> seeds, Optional<Asked> to, boolean spherical, int count, DrawingWish drawing)
        implements Wish {
    public static final int COUNT = 10;

    public InterpolateWish {
        images = List.copyOf(images);
        seeds = List.copyOf(seeds);
        Required.atLeast(2, "count", count);
        drawing.requireOwnSize("A way leads through pictures of the model's own size");
        long said = Stream.of(!images.isEmpty(), !seeds.isEmpty(), to.isPresent())
                .filter(given -> given)
                .count();
        if (said > 1 || images.size() > 2 || images.size() == 1 || seeds.size() > 2 || seeds.size() == 1) {
            throw new InputException("A way has two ends: say two images, two seeds, or the context to which it leads.")
                    .about("images", "seeds", "to");
        }
        if (to.isPresent() && !drawing.asked().isSaid()) {
            throw new InputException("A way to a context begins at another: say it by context or labels.")
                    .about("to", "context", "labels");
        }
        if (to.isPresent()) {
            drawing.asked().requireOne("A way leads from one context to another");
        }
        if (!images.isEmpty() && drawing.seed().isPresent()) {
            throw new InputException("A way between pictures begins and ends at their codes or noises: leave out seed.")
                    .about("seed");
        }
    }

    @Override
    public Kind kind() {
        return Kind.INTERPOLATE;
    }

    /** Refuses what this kind of run has no use for. */
    public void requirePossible(Workbench bench) {
        bench.requireFit(count);
        boolean byNoise = bench.removesNoise();
        if (!images.isEmpty() && byNoise) {
            drawing.sampling().requireReversible();
        } else if (!images.isEmpty()) {
            drawing.sampling().requireNothing("A way between pictures goes through codes here, not through noise");
        } else if (!seeds.isEmpty() && !byNoise && drawing.seed().isPresent()) {
            throw new InputException(
                            "A model that makes a picture in one pass draws no noise between seeds: leave out seed.")
                    .about("seed");
        }
    }

    /** Of the files that it names, if any: [count, C, H, W]. */
    public NdArray on(Workbench bench) {
        requirePossible(bench);
        return images.isEmpty() && (!seeds.isEmpty() || to.isPresent())
                ? drawn(bench)
                : between(bench, bench.pictures(images));
    }

    /**
     * Between two pictures, [count, C, H, W].
     *
     * @param both [2, C, H, W] in the model's range
     */
    public NdArray between(Workbench bench, NdArray both) {
        requirePossible(bench);
        Model model = bench.saved().model();
        List<Condition> conditions = drawing.asked().along(model, count);
        if (bench.removesNoise()) {
            GenerationRequest request = request(model, conditions);
            NdArray noises = bench.editing().inverted(both, request.only(List.of(0, count - 1)));
            return bench.drawn(Interpolation.SPHERICAL.between(noises, count), request);
        }
        Coding coding = bench.coding();
        List<Condition> ofEnds =
                conditions.isEmpty() ? conditions : List.of(conditions.get(0), conditions.get(conditions.size() - 1));
        return coding.decode(straightOrNot().between(coding.means(both, ofEnds), count), conditions);
    }

    private NdArray drawn(Workbench bench) {
        Model model = bench.saved().model();
        if (to.isEmpty()) {
            GenerationRequest request = request(model, drawing.asked().along(model, count));
            return bench.drawn(straightOrNot().between(bench.starts(seeds), count), request);
        }
        float[] from = drawing.asked().row(model);
        GenerationRequest request =
                request(model, Contexts.between(from, to.get().row(model), straightOrNot(), count));
        return bench.drawn(bench.starts(request.seeds()), request);
    }

    /** Pictures of one seed: what samplers add on their way is the same for all. */
    private GenerationRequest request(Model model, List<Condition> conditions) {
        return way(model).sampling().request(model, Collections.nCopies(count, drawing.firstSeed()), conditions);
    }

    /** Between pictures it leads through their noise. */
    private DrawingWish way(Model model) {
        return images.isEmpty() ? drawing : drawing.backwards(model);
    }

    private Interpolation straightOrNot() {
        return spherical ? Interpolation.SPHERICAL : Interpolation.LINEAR;
    }

    /** With what the run's model takes where nothing was said. */
    public InterpolateWish resolved(Workbench bench) {
        boolean byNoise = bench.removesNoise();
        boolean between = !images.isEmpty();
        DrawingWish all = drawing;
        if (byNoise && bench.saved().model() instanceof Generates model) {
            all = between
                    ? new DrawingWish(
                            drawing.seed(),
                            drawing.asked(),
                            way(model).sampling().resolved(model, drawing.isTold()))
                    : drawing.resolved(model);
        }
        return new InterpolateWish(images, seeds, to, spherical || (between && byNoise), count, all);
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        to.ifPresent(end -> files.addAll(end.files()));
        files.addAll(drawing.files());
        return files;
    }

    static InterpolateWish read(Fields fields) {
        return new InterpolateWish(
                fields.list("images"),
                fields.seeds("seeds"),
                fields.words("to").map(Asked::context),
                fields.flag("spherical").orElse(false),
                fields.whole("count").orElse(COUNT),
                DrawingWish.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        Required.write(json, "images", images);
        if (!seeds.isEmpty()) {
            ArrayNode list = json.putArray("seeds");
            seeds.forEach(list::add);
        }
        to.flatMap(Asked::context).ifPresent(words -> json.put("to", words));
        json.put("spherical", spherical);
        json.put("count", count);
        drawing.write(json);
    }
}
