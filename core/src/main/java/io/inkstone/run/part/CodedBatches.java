package io.inkstone.run.part;

import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.data.BatchCursor;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.Place;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import io.inkstone.models.TwoStage;
import io.inkstone.models.code.Coding;
import io.inkstone.models.stage.FirstStage;
import io.inkstone.run.Tenths;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Batches whose pictures are codes of pictures: the means of a first stage, scaled to unit variance. Every picture is encoded
 * once, in the order of the data, so that going on finds the same codes; mirrored ones are entries of their own.
 */
public final class CodedBatches implements BatchSource, AutoCloseable {
    private final PreparedSet set;
    private final BatchPlan plan;
    private final CodeCache codes;
    private final long[] shape;
    private final ComputeDevice device;

    private CodedBatches(PreparedSet set, BatchPlan plan, CodeCache codes, long[] shape, ComputeDevice device) {
        this.set = set;
        this.plan = plan;
        this.codes = codes;
        this.shape = shape;
        this.device = device;
    }

    /**
     * Where codes are kept, and whose they are.
     *
     * @param pictures in words, for people
     * @param origin what their pixels depend on beside their names: source, part and transform
     * @param folder for codes that do not fit in memory
     * @param memoryBytes of codes that do
     * @param say told how far encoding has come
     */
    public record Store(String pictures, String origin, Path folder, long memoryBytes, Consumer<String> say) {}

    /**
     * Encodes {@code set}, or finds its codes.
     *
     * @param model whose first stage encodes
     * @param training device and precision
     */
    public static CodedBatches of(PreparedSet set, BatchPlan plan, TwoStage model, TrainingPlan training, Store store) {
        Coding coding = new Coding(model.stage(), training.device(), training.precision());
        long[] shape = model.stage().latentShape();
        int entries = plan.flip() ? 2 * set.count() : set.count();
        Tenths progress = new Tenths("Encoding " + store.pictures(), entries, store.say());
        Precision precision = training.precision().on(training.device());
        FirstStage stage = model.firstStage();
        String key = key(set, List.of(store.origin(), entries, stage.hash(), stage.scale(), precision));
        Path file = store.folder().resolve(Words.of("codes-%s.f32", key));
        CodeCache codes =
                CodeCache.of(entries, Math.toIntExact(product(shape)), file, store.memoryBytes(), (from, to) -> {
                    NdArray pictures = model.pictures()
                            .array(IntStream.range(from, to)
                                    .mapToObj(entry -> picture(set, entry))
                                    .toList());
                    float[] values = coding.means(pictures, List.of())
                            .scaled(model.firstStage().scale())
                            .toFloats();
                    progress.passed(from, to);
                    return values;
                });
        return new CodedBatches(set, plan, codes, shape, training.device());
    }

    /** Entries from the number of pictures on are mirrored. */
    private static Pixels picture(PreparedSet set, int entry) {
        return entry < set.count()
                ? set.pixels(entry)
                : set.pixels(entry - set.count()).mirrored();
    }

    /** A hash of {@code facts} and of which pictures the set holds. */
    private static String key(PreparedSet set, List<Object> facts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(facts.toString().getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < set.count(); i++) {
                digest.update((set.entry(i).name() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long product(long[] shape) {
        return java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    @Override
    public Batches open(int epoch, int inEpoch) {
        BatchCursor cursor = new BatchCursor(plan, set.count(), new Place(epoch, inEpoch));
        return new Batches() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Batch next() {
                return batch(cursor.next());
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private Batch batch(BatchCursor.Slice slice) {
        int[] indices = slice.indices();
        int size = (int) product(shape);
        float[] values = new float[indices.length * size];
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < indices.length; i++) {
            boolean mirrored = plan.flip() && plan.order().flips(slice.place().epoch(), indices[i]);
            codes.copy(mirrored ? set.count() + indices[i] : indices[i], values, i * size);
            conditions.add(
                    set.entry(indices[i]).condition(plan.order(), slice.place().epoch(), indices[i]));
        }
        return new Batch(
                Tensors.channelsLast(device.place(Tensors.of(values, indices.length, shape[0], shape[1], shape[2]))),
                conditions,
                slice.endsEpoch());
    }

    @Override
    public void close() {
        codes.close();
    }
}
