package io.inkstone.bench;

import io.inkstone.array.NdArray;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import io.inkstone.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Steps of the product's own trainer, on batches that the row's files hold. Without the average of the weights, which no
 * other side has; everything else is what {@code inkstone train} does in a step.
 */
final class TrainingSteps implements Conversation.Work, AutoCloseable {
    private final NdArray pictures;
    private final Optional<NdArray> contexts;
    private final Trainer trainer;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> milliseconds = new ArrayList<>();
    private int taken;
    private long started;

    TrainingSteps(Recipe recipe, Model model, WeightSet inputs, Precision precision) {
        pictures = inputs.tensors().get("pictures");
        contexts = Optional.ofNullable(inputs.tensors().get("contexts"));
        TrainingPlan plan = new TrainingPlan(
                recipe.train().epochs(),
                1,
                recipe.optimizer(),
                precision,
                ComputeDevice.CPU,
                new Seed(recipe.train().seed()));
        trainer = new Trainer(model.objective(), plan, Optional.empty());
    }

    @Override
    public double[] run(int times) {
        int end = taken + times;
        milliseconds.clear();
        trainer.run((epoch, inEpoch) -> batchesUntil(end), List.of(new Listener() {
            @Override
            public void stepped(Trainer itself, StepReport report) {
                milliseconds.add((System.nanoTime() - started) / 1e6);
                losses.add(report.loss());
            }
        }));
        return milliseconds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    List<Double> losses() {
        return losses;
    }

    private BatchSource.Batches batchesUntil(int end) {
        return new BatchSource.Batches() {
            @Override
            public boolean hasNext() {
                started = System.nanoTime();
                return taken < end;
            }

            @Override
            public Batch next() {
                Tensor context = contexts.map(all -> row(all, taken)).orElseGet(() -> Tensors.zeros(
                        pictures.shape()[1], 0));
                return new Batch(Tensors.channelsLast(row(pictures, taken++)), context, List.of(), false);
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private static Tensor row(NdArray steps, int step) {
        long[] shape = steps.shape();
        return Tensors.of(steps.rows(step, 1).reshape(java.util.Arrays.copyOfRange(shape, 1, shape.length)));
    }

    @Override
    public void close() {
        trainer.close();
    }
}
