package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.array.NdArray;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.code.Coding;
import io.inkstone.models.vae.VaeFamily;
import io.inkstone.models.vae.VaeSettings;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** More pictures than memory holds at once, and threads that are told to stop. */
class GenerationRoomTest {
    private static Model vae() {
        VaeSettings settings = new VaeSettings(
                new VaeSettings.ModelGroup(List.of(4, 8), List.of(), 5, VaeSettings.Output.SIGMOID, false),
                VaeSettings.ObjectiveGroup.gaussian(0.001));
        return TinyTraining.build(new VaeFamily(), settings, TinyTraining.form(1, 12));
    }

    /** Batch by batch into a file, or all in memory: the same batches, so the same bytes. */
    @Test
    void drawsWhileItIsWritten() {
        try (Model model = vae()) {
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
        try (Model model = vae()) {
            Generation generation = new Generation((Generates) model, ComputeDevice.CPU, Precision.FLOAT32, 4);
            assertThatThrownBy(() -> generation.pictures(GenerationRequest.of(4_000_000, 0)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("4,000,000 pictures of this size need 4,394 MB at once")
                    .hasMessageContaining("Ask for fewer");
        }
    }

    /** The decoder is widest where 4 maps of 12×12 go into a layer and 4 come out, in float32. */
    @Test
    void refusesBatchesThatTheMachineCannotHold() {
        try (Model model = vae()) {
            Generation generation = new Generation((Generates) model, ComputeDevice.CPU, Precision.FLOAT32, 10_000);
            OptionalLong free = OptionalLong.of(2);
            assertThatThrownBy(() -> generation.requireRoom(GenerationRequest.of(1000, 0), free))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "1,000 pictures at once need about 10 MB of memory, and 2 MB are free on this machine: choose a batch of 91 or less.");
            generation.requireRoom(GenerationRequest.of(64, 0), free);
            generation.requireRoom(GenerationRequest.of(1000, 0), OptionalLong.of(1000));
            generation.requireRoom(GenerationRequest.of(1000, 0), OptionalLong.empty());
        }
    }

    @Test
    void anInterruptedThreadGetsNoPictures() {
        try (Model model = vae()) {
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
}
