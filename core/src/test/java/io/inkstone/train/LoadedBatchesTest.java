package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.BatchPlan;
import io.inkstone.data.DataSet;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Size;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadedBatchesTest {
    private static final int BATCH = 5;
    private static final int BATCHES = 4;

    /** Each value is its level times the step between two levels, and then the range's low end, each rounded to float32. */
    @ParameterizedTest
    @EnumSource(PixelRange.class)
    void valuesAreThoseOfTheLevelsAndStayWhenTheLoaderGoesOn(PixelRange range) {
        try (DataSet data = DataSource.open("avatars");
                Scope scope = Scope.open()) {
            PreparedSet set = (PreparedSet) data.train();
            BatchPlan plan = BatchPlan.training(BATCH, 9);
            List<Batch> batches = new ArrayList<>();
            try (BatchSource.Batches loaded = new LoadedBatches(set, plan, range, ComputeDevice.CPU).open(0, 0)) {
                for (int i = 0; i < BATCHES; i++) {
                    batches.add(loaded.next());
                }
            }
            int[] order = plan.order().indices(set.count(), 0);
            for (int i = 0; i < BATCHES; i++) {
                float[] values = Tensors.toFloats(batches.get(i).pictures());
                assertThat(values).isEqualTo(expected(set, order, i * BATCH, range));
            }
        }
    }

    private static float[] expected(PreparedSet set, int[] order, int first, PixelRange range) {
        Size size = set.size(0);
        int plane = size.height() * size.width();
        float low = range.toModel(0);
        float step = (float) ((range.toModel(255) - (double) low) / 255);
        float[] values = new float[BATCH * set.channels() * plane];
        for (int n = 0; n < BATCH; n++) {
            byte[] picture = set.pixels(order[first + n]).data();
            for (int c = 0; c < set.channels(); c++) {
                for (int i = 0; i < plane; i++) {
                    float level = picture[i * set.channels() + c] & 255;
                    values[(n * set.channels() + c) * plane + i] = level * step + low;
                }
            }
        }
        return values;
    }
}
