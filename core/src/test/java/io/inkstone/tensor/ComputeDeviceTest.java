package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.util.List;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
    private static final ComputeDevice FIRST = new ComputeDevice(DeviceType.CUDA, 0);
    private static final ComputeDevice SECOND = new ComputeDevice(DeviceType.CUDA, 1);

    @Test
    void autoIsTheFirstCudaDevice() {
        assertThat(ComputeDevice.chosen(List.of(ComputeDevice.CPU))).isEqualTo(ComputeDevice.CPU);
        assertThat(ComputeDevice.chosen(List.of(ComputeDevice.CPU, FIRST, SECOND)))
                .isEqualTo(FIRST);
        assertThat(SECOND.word()).isEqualTo("cuda:1");
    }

    @Test
    void namesWhatThereIs() {
        assertThat(ComputeDevice.parse("cpu")).isEqualTo(ComputeDevice.CPU);
        assertThatThrownBy(() -> ComputeDevice.parse("cuda:99"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("There is no device 'cuda:99' here. Available: cpu");
    }

    @Test
    void placesWithoutCopying() {
        try (Scope scope = Scope.open()) {
            var here = Tensors.zeros(2, 3);
            assertThat(ComputeDevice.CPU.place(here)).isSameAs(here);
            assertThat(ComputeDevice.of(ComputeDevice.META.place(here))).isEqualTo(ComputeDevice.META);
        }
    }
}
