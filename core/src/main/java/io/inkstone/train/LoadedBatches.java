package io.inkstone.train;

import io.inkstone.condition.Condition;
import io.inkstone.data.BatchLoader;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.PixelBatch;
import io.inkstone.data.Place;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.PixelRange;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Batches of a prepared set as tensors. Background threads make the bytes; tensors are made here, on the thread that asks.
 *
 * @param set pictures, those of a batch of one size
 * @param plan how they are cut into batches
 * @param range of the model's pictures
 * @param device where the batches go
 */
public record LoadedBatches(PreparedSet set, BatchPlan plan, PixelRange range, ComputeDevice device)
        implements BatchSource {
    @Override
    public Batches open(int epoch, int inEpoch) {
        BatchLoader loader = BatchLoader.start(set, plan, new Place(epoch, inEpoch));
        return new Batches() {
            @Override
            public boolean hasNext() {
                return loader.hasNext();
            }

            @Override
            public Batch next() {
                return batch(loader.next());
            }

            @Override
            public double secondsWaited() {
                return loader.waitedSeconds();
            }

            @Override
            public void close() {
                loader.close();
            }
        };
    }

    /** Copies: the loader's own arrays are reused. */
    private List<Condition> conditions(PixelBatch bytes) {
        int classes = set.info().classes().size();
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < bytes.count(); i++) {
            float[] weights = Arrays.copyOfRange(bytes.context(), i * classes, (i + 1) * classes);
            conditions.add(Condition.of(
                    weights, bytes.captions().isEmpty() ? "" : bytes.captions().get(i)));
        }
        return conditions;
    }

    private Batch batch(PixelBatch bytes) {
        Tensor pictures = Scope.yielding(() -> {
            long[] shape = {bytes.count(), bytes.size().height(), bytes.size().width(), set.channels()};
            // On the CPU the conversion is the copy; another device may still be reading when the loader's buffer is
            // filled anew.
            Tensor hwc = device.equals(ComputeDevice.CPU)
                    ? Tensors.overBytes(bytes.pixels(), shape)
                    : device.place(Tensors.ofBytes(bytes.pixels(), shape));
            // Channels last in memory already: only the shape changes.
            Tensor levels = hwc.permute(0, 3, 1, 2).to(ScalarType.Float);
            double low = range.toModel(0);
            levels.mul_(new Scalar((range.toModel(255) - low) / 255));
            return low == 0 ? levels : levels.add_(new Scalar(low));
        });
        return new Batch(pictures, conditions(bytes), bytes.endsEpoch(), bytes.share());
    }
}
