package io.inkstone.train.profile;

import io.inkstone.train.Stage;
import io.inkstone.train.profile.StepProfile.LayerTime;
import io.inkstone.train.profile.StepProfile.Operation;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Several watched steps as one: of each part the median of its times. In every single step some operation is held up by
 * another program or the garbage collector, each time another one.
 */
final class MedianStep {
    private final List<StepProfile> steps;

    /** @param steps of the same network with equal batches, at least one */
    MedianStep(List<StepProfile> steps) {
        this.steps = List.copyOf(steps);
    }

    /** @param plainMilliseconds of steps that nobody watched; where there is none, the watched ones stand for them */
    StepProfile profile(List<Double> plainMilliseconds) {
        Map<Stage, Double> stages = stages();
        double whole = stages.values().stream().mapToDouble(Double::doubleValue).sum();
        return new StepProfile(
                whole,
                plainMilliseconds.isEmpty() ? whole : median(plainMilliseconds, Double::doubleValue),
                steps.size(),
                steps.get(0).batch(),
                stages,
                parts(StepProfile::operations, MedianStep::withoutTime, MedianStep::operation).stream()
                        .sorted(Comparator.comparingDouble(Operation::milliseconds)
                                .reversed())
                        .toList(),
                parts(StepProfile::layers, LayerTime::name, MedianStep::layer).stream()
                        .sorted(Comparator.comparingDouble(LayerTime::milliseconds)
                                .reversed())
                        .toList());
    }

    private Map<Stage, Double> stages() {
        Map<Stage, Double> medians = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            medians.put(stage, median(steps, step -> step.stages().getOrDefault(stage, 0.0)));
        }
        return medians;
    }

    /** What is equal by {@code key} in several steps, as one. */
    private <P> List<P> parts(
            Function<StepProfile, List<P>> list, Function<P, Object> key, Function<List<P>, P> joined) {
        Map<Object, List<P>> alike =
                steps.stream().flatMap(step -> list.apply(step).stream()).collect(Collectors.groupingBy(key));
        return alike.values().stream().map(joined).toList();
    }

    private static Object withoutTime(Operation each) {
        return List.of(each.pass(), each.name(), each.layer(), each.shape(), each.calls());
    }

    private static Operation operation(List<Operation> alike) {
        Operation any = alike.get(0);
        return new Operation(
                any.pass(),
                any.name(),
                any.layer(),
                any.shape(),
                any.calls(),
                median(alike, Operation::milliseconds),
                any.gigaflop());
    }

    private static LayerTime layer(List<LayerTime> alike) {
        LayerTime any = alike.get(0);
        return new LayerTime(
                any.name(),
                any.kind(),
                any.shape(),
                median(alike, LayerTime::forward),
                median(alike, LayerTime::backward),
                any.forwardGigaflop(),
                any.backwardGigaflop());
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> number) {
        double[] sorted = all.stream().mapToDouble(number).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
