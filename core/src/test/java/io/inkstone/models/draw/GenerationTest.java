package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.code.Coding;
import io.inkstone.models.dnn.DnnFamily;
import io.inkstone.models.dnn.DnnSettings;
import io.inkstone.models.gan.GanFamily;
import io.inkstone.models.gan.GanSettings;
import io.inkstone.models.vae.VaeFamily;
import io.inkstone.models.vae.VaeSettings;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model that draws in one pass promises. */
class GenerationTest {
    /** Float32 passes of other batch sizes add in another order. */
    private static final double ROUNDING = 1e-5;

    static Stream<Arguments> families() {
        return Stream.of(true, false)
                .flatMap(conditional -> Stream.of(
                        Arguments.of(
                                "dnn",
                                conditional,
                                TinyTraining.build(
                                        new DnnFamily(),
                                        new DnnSettings(new DnnSettings.ModelGroup(5, conditional)),
                                        TinyTraining.form(1, 12))),
                        Arguments.of(
                                "gan",
                                conditional,
                                TinyTraining.build(
                                        new GanFamily(),
                                        new GanSettings(new GanSettings.ModelGroup(5, conditional, conditional)),
                                        TinyTraining.form(1, 12))),
                        Arguments.of("vae", conditional, vae(conditional))));
    }

    private static Model vae(boolean conditional) {
        VaeSettings settings = new VaeSettings(
                new VaeSettings.ModelGroup(List.of(4, 8), List.of(), 5, VaeSettings.Output.SIGMOID, conditional),
                VaeSettings.ObjectiveGroup.gaussian(0.001));
        return TinyTraining.build(new VaeFamily(), settings, TinyTraining.form(1, 12));
    }

    /** Batch by batch into a file, or all in memory: the same batches, so the same bytes. */
    @Test
    void drawsWhileItIsWritten() {
        try (Model model = vae(false)) {
            Generation generation = new Generation((Generates) model, ComputeDevice.CPU, Precision.FLOAT32, 4);
            GenerationRequest request = GenerationRequest.of(10, 3);
            List<NdArray> parts = new ArrayList<>();
            generation.whileWritten(request).parts().forEach(parts::add);
            assertThat(parts).extracting(part -> part.shape()[0]).containsExactly(4L, 4L, 2L);
            assertThat(NdArray.joined(parts)).isEqualTo(generation.pictures(request));
        }
    }

    @Test
    void refusesMoreThanMemoryHolds() {
        try (Model model = vae(false)) {
            Generation generation = new Generation((Generates) model, ComputeDevice.CPU, Precision.FLOAT32, 4);
            assertThatThrownBy(() -> generation.pictures(GenerationRequest.of(4_000_000, 0)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("4,000,000 pictures of this size need 4,394 MB at once")
                    .hasMessageContaining("--count");
        }
    }

    /** The decoder is widest where 4 maps of 12×12 go into a layer and 4 come out, in float32. */
    @Test
    void refusesBatchesThatTheMachineCannotHold() {
        try (Model model = vae(false)) {
            Generation generation = new Generation((Generates) model, ComputeDevice.CPU, Precision.FLOAT32, 10_000);
            OptionalLong free = OptionalLong.of(2);
            assertThatThrownBy(() -> generation.requireRoom(GenerationRequest.of(1000, 0), free))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "1,000 pictures at once need about 10 MB of memory, and 2 MB are free on this machine: choose --batch 91 or less.");
            generation.requireRoom(GenerationRequest.of(64, 0), free);
            generation.requireRoom(GenerationRequest.of(1000, 0), OptionalLong.of(1000));
            generation.requireRoom(GenerationRequest.of(1000, 0), OptionalLong.empty());
        }
    }

    @Test
    void anInterruptedThreadGetsNoPictures() {
        try (Model model = vae(false)) {
            Generation generation = new Generation((Generates) model, ComputeDevice.CPU, Precision.FLOAT32, 4);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> generation.pictures(GenerationRequest.of(1, 0)))
                    .isInstanceOf(InterruptedWorkException.class);
            Coding coding = new Coding((Autoencodes) model, ComputeDevice.CPU, Precision.FLOAT32);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> coding.decode(NdArray.of(new float[5], 1, 5), List.of()))
                    .isInstanceOf(InterruptedWorkException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}, conditional {1}")
    @MethodSource("families")
    void drawsAPictureFromItsSeedAlone(String name, boolean conditional, Generates model) {
        try (model) {
            GenerationRequest four = withConditions(GenerationRequest.of(4, 7), conditional);
            float[] together = draw(model, four);
            float[] again = draw(model, four);
            float[] third = draw(model, withConditions(GenerationRequest.of(1, 9), conditional));
            assertThat(together).isEqualTo(again).hasSize(4 * 144);
            for (int i = 0; i < 144; i++) {
                assertThat((double) third[i]).isCloseTo(together[2 * 144 + i], within(ROUNDING));
            }
            assertThat(together[0]).isNotEqualTo(together[144]);
            assertThat(model.knowsEmptyContext()).isEqualTo(!conditional);
        }
    }

    /** As it is built, or while it is trained: no thread puts another into training mode or out of it. */
    @ParameterizedTest(name = "{0}, conditional {1}")
    @MethodSource("families")
    void severalThreadsDrawFromAModelInTrainingMode(String name, boolean conditional, Generates model)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (model) {
            GenerationRequest request = withConditions(GenerationRequest.of(4, 7), conditional);
            List<float[]> statistics = statistics(model);
            float[] alone = draw(model, request);
            List<Future<float[]>> together = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                together.add(threads.submit(() -> draw(model, request)));
            }
            for (Future<float[]> drawn : together) {
                assertThat(drawn.get()).isEqualTo(alone);
            }
            assertThat(statistics(model)).isNotEmpty().containsExactlyElementsOf(statistics);
            assertThat(model.network().training()).isTrue();
        } finally {
            threads.shutdown();
        }
    }

    private static List<float[]> statistics(Model model) {
        return model.network().buffers().values().stream()
                .map(Tensors::toFloats)
                .toList();
    }

    private static GenerationRequest withConditions(GenerationRequest request, boolean conditional) {
        return conditional
                ? request.withConditions(request.seeds().stream()
                        .map(seed -> Condition.classes(0.3f, 0.7f))
                        .toList())
                : request;
    }

    @ParameterizedTest(name = "{0}, conditional {1}")
    @MethodSource("families")
    void startsFromGivenLatents(String name, boolean conditional, Generates model) {
        try (model) {
            NdArray latents = latents(2, 5);
            float[] pictures = draw(model, GenerationRequest.of(2, 0).withStart(latents));
            assertThat(draw(model, GenerationRequest.of(2, 50).withStart(latents)))
                    .isEqualTo(pictures);
            assertThatThrownBy(() -> draw(model, GenerationRequest.of(2, 0).withStart(latents(2, 6))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("Latents to start from: expected shape [*, 5], got [2, 6]");
        }
    }

    @ParameterizedTest(name = "{0}, conditional {1}")
    @MethodSource("families")
    void mixesClassesOrSaysThatItKnowsNone(String name, boolean conditional, Generates model) {
        try (model) {
            GenerationRequest one = GenerationRequest.of(1, 3);
            GenerationRequest labelled = one.withConditions(List.of(Condition.classes(0, 1)));
            assertThat(model.classes()).hasSize(conditional ? 2 : 0);
            if (conditional) {
                float[] other = draw(model, one.withConditions(List.of(Condition.classes(1, 0))));
                assertThat(draw(model, labelled)).isNotEqualTo(other).isNotEqualTo(draw(model, one));
                assertThatThrownBy(() -> draw(model, one.withConditions(List.of(Condition.classes(new float[3])))))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("expected shape [2], got [3]");
            } else {
                assertThatThrownBy(() -> draw(model, labelled))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("trained without classes");
            }
        }
    }

    @ParameterizedTest(name = "{0}, conditional {1}")
    @MethodSource("families")
    void refusesOptionsOfSamplersWithSteps(String name, boolean conditional, Generates model) {
        try (model) {
            assertThatThrownBy(
                            () -> draw(model, GenerationRequest.of(1, 0).withSampling(SamplingOptions.of("ddim", 20))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("one pass");
        }
    }

    @ParameterizedTest(name = "{0}, conditional {1}")
    @MethodSource("families")
    void leavesNothingBehind(String name, boolean conditional, Generates model) {
        try (model) {
            assertThat(TinyTraining.leaked(model, TinyTraining.form(1, 12))).isZero();
            draw(model, GenerationRequest.of(2, 0));
            long before = LiveObjects.held();
            draw(model, GenerationRequest.of(2, 0));
            Scope.run(() -> model.pass(model.inputShape(2)));
            assertThat(LiveObjects.held()).isEqualTo(before);
        }
    }

    private static NdArray latents(long count, int size) {
        try (Scope scope = Scope.open()) {
            return Tensors.toArray(Tensors.zeros(count, size));
        }
    }

    private static float[] draw(Generates model, GenerationRequest request) {
        return new Generation(model, ComputeDevice.CPU, Precision.FLOAT32)
                .pictures(request)
                .toFloats();
    }
}
