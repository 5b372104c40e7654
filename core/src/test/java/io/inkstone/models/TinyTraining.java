package io.inkstone.models;

import io.inkstone.condition.Condition;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Draws;
import io.inkstone.train.Listener;
import io.inkstone.train.Losses;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A few steps on two classes that anybody can tell apart: a bright upper half and a bright left half. */
public final class TinyTraining {
    public static final int BATCH = 8;

    private TinyTraining() {}

    public static DataForm form(int channels, int side) {
        return new DataForm(channels, side, List.of("upper", "left"));
    }

    public static <S> Model build(Family<S> family, S settings, DataForm form) {
        try (Scope scope = Scope.open()) {
            return family.build(Initializer.seeded(new Seed(1)), family.fitted(settings, form), form);
        }
    }

    /** Pictures in [0, 1], channels last, belonging to the open scope. */
    public static Batch batch(DataForm form, boolean endsEpoch) {
        int side = form.side();
        float[] pictures = new float[BATCH * form.channels() * side * side];
        for (int i = 0; i < pictures.length; i++) {
            int label = i / (form.channels() * side * side) % 2;
            boolean upper = i / side % side < side / 2;
            boolean left = i % side < side / 2;
            pictures[i] = (label == 0 ? upper : left) ? 0.9f : 0.1f;
        }
        List<Condition> conditions = IntStream.range(0, BATCH)
                .mapToObj(i -> Condition.oneOf(i % 2, 2))
                .toList();
        Tensor nchw = Tensors.of(pictures, BATCH, form.channels(), side, side);
        return new Batch(Tensors.channelsLast(nchw), conditions, endsEpoch);
    }

    /** What a batch costs in evaluation mode, with the draws of {@code number}. */
    public static Losses losses(Model model, Batch batch, long number) {
        return Layer.evaluating(() -> model.objective().phases().get(0).losses(batch, draws(number)));
    }

    public static Draws draws(long number) {
        return new Draws(new Seed(5), number, ComputeDevice.CPU);
    }

    /** Trains one step per epoch and tells what each cost. */
    public static List<StepReport> train(Model model, DataForm form, int steps, double rate) {
        List<StepReport> reports = new ArrayList<>();
        train(model, form, steps, rate, reports::add);
        return reports;
    }

    static void train(Model model, DataForm form, int steps, double rate, Consumer<StepReport> told) {
        TrainingPlan plan = new TrainingPlan(
                steps, 1, OptimizerConfig.adam(rate), Precision.FLOAT32, ComputeDevice.CPU, new Seed(2));
        try (Trainer trainer = new Trainer(model.objective(), plan, Optional.empty())) {
            trainer.run(source(form, steps), List.of(new Listener() {
                @Override
                public void stepped(Trainer at, StepReport report) {
                    told.accept(report);
                }
            }));
        }
    }

    private static BatchSource source(DataForm form, int steps) {
        return (epoch, inEpoch) -> new BatchSource.Batches() {
            private int done;

            @Override
            public boolean hasNext() {
                return done < steps;
            }

            @Override
            public Batch next() {
                done++;
                return batch(form, true);
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    /** Native objects that every further step leaves behind. */
    public static long leaked(Model model, DataForm form) {
        long[] held = new long[6];
        train(model, form, 5, 1e-3, report -> {
            int step = (int) report.position().step();
            if (step == 2 || step == 5) { // the first step loads classes that keep constants
                held[step] = LiveObjects.held();
            }
        });
        return held[5] - held[2];
    }
}
