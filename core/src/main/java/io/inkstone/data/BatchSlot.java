package io.inkstone.data;

import io.inkstone.image.Size;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One reusable batch of the loader: filled by a thread, read by the consumer, never both at once. */
final class BatchSlot {
    private final PreparedSet set;
    private final BatchPlan plan;
    private final ByteBuffer pixels;
    private final byte[] picture;
    private final float[] context;
    private final int classes;
    private final boolean captioned;
    private PixelBatch batch;
    private RuntimeException failure;
    private long ticket = -1;

    BatchSlot(PreparedSet set, BatchPlan plan) {
        this.set = set;
        this.plan = plan;
        int batchSize = Math.min(plan.size(), set.count());
        pixels = ByteBuffer.allocateDirect(Math.multiplyExact(batchSize, set.pictureBytes()));
        picture = new byte[set.pictureBytes()];
        classes = set.info().classes().size();
        context = new float[batchSize * classes];
        captioned = set.info().captioned();
    }

    /** Makes the batch; gives up between pictures once {@code stop} says so. */
    void fill(BatchCursor.Slice slice, BooleanSupplier stop) {
        int[] indices = slice.indices();
        List<String> captions = new ArrayList<>(captioned ? indices.length : 0);
        Size size = set.size(indices.length == 0 ? 0 : indices[0]);
        int bytes = size.height() * size.width() * set.channels();
        for (int i = 0; i < indices.length && !stop.getAsBoolean(); i++) {
            if (plan.flip() && plan.order().flips(slice.place().epoch(), indices[i])) {
                set.copy(indices[i], picture, 0);
                mirror(size);
                pixels.put(i * bytes, picture, 0, bytes);
            } else {
                set.copy(indices[i], pixels, i * bytes);
            }
            if (classes > 0 || captioned) {
                tell(i, indices[i], slice.place().epoch(), captions);
            }
        }
        ByteBuffer view = pixels.duplicate().limit(indices.length * bytes);
        batch = new PixelBatch(
                indices.length, size, view, context, captions, slice.share(), indices, slice.place(), slice.next());
    }

    private void tell(int row, int index, int epoch, List<String> captions) {
        Entry entry = set.entry(index);
        System.arraycopy(entry.context(), 0, context, row * classes, classes);
        if (captioned) {
            captions.add(entry.caption(plan.order(), epoch, index));
        }
    }

    private void mirror(Size size) {
        int channels = set.channels();
        int stride = size.width() * channels;
        for (int start = 0; start < size.height() * stride; start += stride) {
            int right = start + stride - channels;
            for (int left = start; left < right; left += channels, right -= channels) {
                for (int c = 0; c < channels; c++) {
                    byte kept = picture[left + c];
                    picture[left + c] = picture[right + c];
                    picture[right + c] = kept;
                }
            }
        }
    }

    void publish(long number, RuntimeException error) {
        ticket = number;
        failure = error;
    }

    boolean holds(long number) {
        return ticket == number;
    }

    /** The batch, or the failure of the thread that made it. */
    PixelBatch batch() {
        if (failure != null) {
            throw failure;
        }
        return batch;
    }
}
