package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.models.Model;
import io.inkstone.models.code.Coding;
import io.inkstone.run.part.LatentExport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Codes of pictures or of a whole set; of runs that remove noise, the noise from which ddim draws the pictures.
 *
 * @param images files, folders or one array; empty for a set
 * @param set instead of them
 * @param drawing what the pictures show, and the way that is gone backwards
 * @param moments mean and log-variance side by side
 * @param scaled by the run's latent scale
 */
public record EncodeWish(
        List<String> images, Optional<CodedSet> set, DrawingWish drawing, boolean moments, boolean scaled)
        implements Wish {
    public EncodeWish {
        images = List.copyOf(images);
        drawing.requireOwnSize("Codes are those of pictures of the model's own size");
        if (moments && scaled) {
            throw new InputException("The latent scale is for means: leave out scaled or moments.")
                    .about("scaled", "moments");
        }
        if (set.isPresent() && drawing.asked().isSaid()) {
            throw new InputException("Classes are said of images: pictures of a set bring their own.")
                    .about("labels", "context");
        }
        if (set.isPresent() && !images.isEmpty()) {
            throw new InputException("images and data both say what is encoded: give one of them.")
                    .about("images", "data");
        }
    }

    @Override
    public Kind kind() {
        return Kind.ENCODE;
    }

    /** Refuses what this run's kind of code cannot be. */
    public void requirePossible(Workbench bench) {
        if (!bench.removesNoise()) {
            drawing.sampling().requireNothing("The codes of this run come from an encoder, not from noise");
            return;
        }
        if (set.isPresent() || moments || scaled) {
            throw new InputException(
                            "This run's codes are noise, of deviation 1 by itself: leave out data, moments and scaled, give images.")
                    .about("data", "moments", "scaled", "images");
        }
        drawing.sampling().requireReversible();
    }

    /** The factor of the codes; 1 where they are noise or unscaled. */
    public double scale(Workbench bench) {
        return scaled ? bench.saved().latentScale() : 1;
    }

    /**
     * Codes, moments or noise, one a picture.
     *
     * @param pictures [N, C, H, W] in the model's range
     */
    public NdArray on(Workbench bench, NdArray pictures) {
        requirePossible(bench);
        Model model = bench.saved().model();
        int count = (int) pictures.shape()[0];
        List<Condition> conditions = drawing.asked().conditions(model, count);
        if (bench.removesNoise()) {
            // Nothing is drawn by chance: any seeds do.
            return bench.editing()
                    .inverted(
                            pictures,
                            drawing.sampling()
                                    .backwards(model)
                                    .request(model, Collections.nCopies(count, 0L), conditions));
        }
        Coding coding = bench.coding();
        NdArray codes = moments ? coding.encode(pictures, conditions) : coding.means(pictures, conditions);
        return codes.scaled(scale(bench));
    }

    /** The whole set into {@code file}. */
    public LatentExport.Written export(Workbench bench, Path file) {
        requirePossible(bench);
        CodedSet coded = set.orElseThrow(() -> new InputException("This wish names no set.").about("data"));
        return new LatentExport(bench.saved(), bench.coding(), coded.export(moments, scale(bench)))
                .write(file, coded.source());
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        set.ifPresent(coded -> files.addAll(coded.files()));
        files.addAll(drawing.files());
        return files;
    }

    static EncodeWish read(Fields fields) {
        return new EncodeWish(
                fields.list("images"),
                CodedSet.read(fields),
                DrawingWish.read(fields),
                fields.flag("moments").orElse(false),
                fields.flag("scaled").orElse(false));
    }

    @Override
    public void write(ObjectNode json) {
        Required.write(json, "images", images);
        set.ifPresent(coded -> coded.write(json));
        drawing.write(json);
        json.put("moments", moments);
        json.put("scaled", scaled);
    }
}
