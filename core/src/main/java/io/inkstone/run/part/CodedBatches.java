package io.inkstone.run.part;

import io.inkstone.condition.Condition;
import io.inkstone.data.BatchCursor;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.Place;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.SizeGroups;
import io.inkstone.models.TwoStage;
import io.inkstone.models.stage.FirstStage;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Batches whose pictures are codes of pictures: the means of a first stage, scaled to unit variance. Every picture is encoded
 * once, in the order of the data, so that going on finds the same codes; mirrored ones are entries of their own.
 */
public final class CodedBatches implements BatchSource, AutoCloseable {
    private final PreparedSet set;
    private final BatchPlan plan;
    private final CodeCache codes;
    private final PictureCodes pictures;
    private final ComputeDevice device;

    private CodedBatches(
            PreparedSet set, BatchPlan plan, CodeCache codes, PictureCodes pictures, ComputeDevice device) {
        this.set = set;
        this.plan = plan;
        this.codes = codes;
        this.pictures = pictures;
        this.device = device;
    }

    /**
     * Where codes are kept, and whose they are.
     *
     * @param pictures in words, for people
     * @param name of the same in names of files
     * @param folder for the files
     * @param memoryBytes of codes that are read into memory
     * @param say told how far encoding has come
     */
    public record Store(String pictures, String name, Path folder, long memoryBytes, Consumer<String> say) {}

    /**
     * Encodes {@code set}, or finds its codes.
     *
     * @param model whose first stage encodes
     * @param training device and precision
     */
    public static CodedBatches of(PreparedSet set, BatchPlan plan, TwoStage model, TrainingPlan training, Store store) {
        PictureCodes pictures = new PictureCodes(set, plan.flip(), model, training, store);
        Precision precision = training.precision().on(training.device());
        FirstStage stage = model.firstStage();
        CodeFile file =
                new CodeFile(store.folder(), store.name(), key(List.of(stage.hash(), stage.scale(), precision)));
        CodeCache codes = CodeCache.of(pictures.extent(), file, store.memoryBytes(), pictures);
        return new CodedBatches(set, plan, codes, pictures, training.device());
    }

    /** A hash of what the codes depend on beside the pixels, which each part knows for itself. */
    private static String key(List<Object> facts) {
        byte[] hash = CodeFile.sha256().digest(facts.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 6);
    }

    @Override
    public Batches open(int epoch, int inEpoch) {
        BatchCursor cursor = new BatchCursor(plan, SizeGroups.of(set), new Place(epoch, inEpoch));
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
        long[] shape = pictures.shape(indices.length == 0 ? 0 : indices[0]);
        int size = PictureCodes.values(shape);
        float[] values = new float[indices.length * size];
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < indices.length; i++) {
            boolean mirrored = plan.flip() && plan.order().flips(slice.place().epoch(), indices[i]);
            codes.copy(mirrored ? set.count() + indices[i] : indices[i], values, i * size, size);
            conditions.add(
                    set.entry(indices[i]).condition(plan.order(), slice.place().epoch(), indices[i]));
        }
        return new Batch(
                Tensors.channelsLast(device.place(Tensors.of(values, indices.length, shape[0], shape[1], shape[2]))),
                conditions,
                slice.endsEpoch(),
                slice.share());
    }

    @Override
    public void close() {
        codes.close();
    }
}
