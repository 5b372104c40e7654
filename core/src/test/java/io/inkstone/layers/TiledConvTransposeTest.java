package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiledConvTransposeTest {
    /** The matrix of the product is made once for many passes, and gives the bytes of the plain pass. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void isLaidOutOnce(int side) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ConvTranspose2d layer = new ConvTranspose2d(Initializer.seeded(new Seed(1)), 5, 3, side, side, 0, 0)) {
            Tensor x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 5, 4, 3));
            Precision.BFLOAT16.compute(ComputeDevice.CPU, () -> {
                try (Unary prepared = layer.prepared(Optional.empty())) {
                    Tensor matrix = prepared.parameters().get("weight");
                    assertThat(matrix.shape()).containsExactly(side * side * 3, 5);
                    assertThat(matrix.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
                    assertThat(Tensors.toFloats(prepared.apply(x))).isEqualTo(Tensors.toFloats(layer.apply(x)));
                }
                return null;
            });
            try (Unary prepared = layer.prepared(Optional.empty())) { // in float32 it is a convolution
                assertThat(prepared.parameters().get("weight").shape()).containsExactly(5, 3, side, side);
            }
        }
    }
}
