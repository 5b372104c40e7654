package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.LazyArray;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.ReorderedClasses;
import io.inkstone.data.Split;
import io.inkstone.models.code.Coding;
import io.inkstone.run.SavedRun;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A set as codes in one safetensors file: {@code latents} or {@code moments}, {@code context} and, for captions,
 * {@code input_ids}. Made while it is written, so that a set may be larger than memory.
 *
 * @param run whose encoder makes the codes
 * @param coding the same at work
 * @param wish what is written
 */
public record LatentExport(SavedRun run, Coding coding, Wish wish) {
    private static final int CHUNK = 64;

    /**
     * What is written of a set.
     *
     * @param part of the set
     * @param moments mean and log-variance side by side along channels, instead of the mean
     * @param scale factor of the codes; 1 for moments
     * @param tokenizer for the captions; without one they are left out
     * @param skipDamaged leave out pictures that cannot be read, instead of stopping with their list
     */
    public record Wish(
            Split part, boolean moments, double scale, Optional<ClipTokenizer> tokenizer, boolean skipDamaged) {}

    /**
     * What was written.
     *
     * @param shape of the codes
     * @param notes what a person should know, a sentence each
     */
    public record Written(long[] shape, List<String> notes) {}

    /** @param source an embedded set or a path */
    public Written write(Path file, String source) {
        try (DataSet data = run.recipe().data().open(source)) {
            Optional<ClassOrder> order = run.orderOf(data.info());
            Preparation stopping = Preparation.of(run.transform().on(data.info()));
            PreparedSet prepared =
                    (wish.skipDamaged() ? stopping.skippingDamaged() : stopping).prepare(data.split(wish.part()));
            PreparedSet set =
                    order.map(classes -> ReorderedClasses.of(prepared, classes)).orElse(prepared);
            Map<String, LazyArray> arrays = new LinkedHashMap<>();
            LazyArray codes = codes(set);
            arrays.put(wish.moments() ? "moments" : "latents", codes);
            int classes = set.info().classes().size();
            if (classes > 0) {
                arrays.put("context", contexts(set, classes));
            }
            if (set.info().captioned() && wish.tokenizer().isPresent()) {
                arrays.put("input_ids", ids(set, wish.tokenizer().get()));
            }
            Safetensors.writeLazily(
                    file,
                    arrays,
                    Map.of(
                            "source",
                            set.info().name(),
                            "part",
                            wish.part().word(),
                            WeightFile.LATENT_SCALE,
                            String.valueOf(wish.scale())));
            return new Written(codes.shape(), notes(data, set));
        } catch (IOException failure) {
            throw new InputException(failure.getMessage(), failure);
        }
    }

    private List<String> notes(DataSet data, PreparedSet set) {
        List<String> notes = new ArrayList<>(data.info().notes());
        data.leftOut(wish.part()).ifPresent(notes::add);
        notes.addAll(set.notes());
        if (!set.info().classes().equals(data.info().classes())) {
            notes.add(Words.of(
                    "The classes of %s are in the order of %s: %s.",
                    set.info().name(),
                    run.directory().root(),
                    ClassOrder.words(set.info().classes())));
        }
        if (set.info().captioned() && wish.tokenizer().isEmpty()) {
            notes.add(Words.of(
                    "The captions of %s are left out: caption ids need a CLIP vocabulary.",
                    set.info().name()));
        }
        return notes;
    }

    private LazyArray codes(PreparedSet set) {
        long[] one = coding.model().latentShape();
        one[0] *= wish.moments() ? 2 : 1;
        long[] shape = LongStream.concat(LongStream.of(set.count()), Arrays.stream(one))
                .toArray();
        return LazyArray.inChunks(
                DType.FLOAT32,
                CHUNK,
                (from, to) -> {
                    NdArray pictures = run.model()
                            .pictures()
                            .array(IntStream.range(from, to)
                                    .mapToObj(set::pixels)
                                    .toList());
                    List<Condition> rows = IntStream.range(from, to)
                            .mapToObj(i -> set.entry(i).condition())
                            .toList();
                    NdArray codes = wish.moments() ? coding.encode(pictures, rows) : coding.means(pictures, rows);
                    return codes.scaled(wish.scale());
                },
                shape);
    }

    private static LazyArray contexts(PictureSet set, int classes) {
        return LazyArray.inChunks(
                DType.FLOAT32,
                CHUNK,
                (from, to) -> {
                    float[] values = new float[(to - from) * classes];
                    for (int i = from; i < to; i++) {
                        System.arraycopy(set.entry(i).context(), 0, values, (i - from) * classes, classes);
                    }
                    return NdArray.of(values, to - from, classes);
                },
                set.count(),
                classes);
    }

    private static LazyArray ids(PictureSet set, ClipTokenizer tokenizer) {
        return LazyArray.inChunks(
                DType.INT64,
                CHUNK,
                (from, to) -> tokenizer.ids(IntStream.range(from, to)
                        .mapToObj(i -> set.entry(i).caption())
                        .toList()),
                set.count(),
                ClipTokenizer.LENGTH);
    }
}
