package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.condition.Told;
import io.inkstone.evaluate.LatentLikelihood;
import io.inkstone.image.PixelRange;
import io.inkstone.layers.Activation;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.PictureForm;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class CodingCheckTest {
    /** Codes say nothing and the guess is the prior, so every bound is the likelihood itself: −5 nats. Decodes to 0.5. */
    private record Mute(Layer network) implements Autoencodes, LatentLikelihood {
        @Override
        public PictureForm pictures() {
            return new PictureForm(3, 16, PixelRange.UNIT);
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Objective objective() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long[] inputShape(int count) {
            return new long[] {count, 3, 16, 16};
        }

        @Override
        public void pass(long... inputShape) {}

        @Override
        public Tensor encode(Tensor pictures, Told told) {
            return Tensors.zeros(pictures.size(0), 4);
        }

        @Override
        public Tensor decode(Tensor latents, Told told) {
            return Tensors.zeros(latents.size(0), 3, 16, 16).add(new Scalar(0.5));
        }

        @Override
        public long[] latentShape() {
            return new long[] {2};
        }

        @Override
        public Optional<LatentLikelihood> likelihood() {
            return Optional.of(this);
        }

        @Override
        public Tensor logLikelihood(Tensor pictures, Tensor latents, Told told) {
            return Tensors.zeros(pictures.size(0)).sub(new Scalar(5.0));
        }

        @Override
        public String words() {
            return "a constant";
        }

        @Override
        public void close() {}
    }

    @Test
    void boundsAndErrorsOfAModelThatIsKnown() {
        EvaluationWish wish = new EvaluationWish(
                Set.of(),
                OptionalInt.of(70),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                SamplingOptions.DEFAULT,
                false,
                7,
                false);
        EvaluationReport report = new EvaluationReport();
        CodingCheck check = new CodingCheck(wish, report, ComputeDevice.CPU, Precision.FLOAT32);
        Mute model = new Mute(Activation.relu());
        try (MeasuredData data = MeasuredData.of("avatars", Optional.empty())) {
            check.likelihood(model, data, (done, total) -> {});
            assertThat(report.figures().get(Figure.ELBO_NATS).value()).isCloseTo(-5, within(1e-5));
            assertThat(report.figures().get(Figure.NLL_NATS).value()).isCloseTo(5, within(1e-5));
            assertThat(report.figures().get(Figure.NLL_NATS_ERROR).value()).isCloseTo(0, within(1e-4));
            assertThat(report.figures().get(Figure.NLL_BITS_PER_DIMENSION).value())
                    .isCloseTo(5 / (768 * Math.log(2)), within(1e-6));
            assertThat(report.protocol().get(Protocol.LIKELIHOOD).toString())
                    .isEqualTo(
                            "a constant; importance-weighted bound of 7 draws, 70 pictures of the avatars, train part");

            check.reconstruction(model, data, (done, total) -> {});
            double expected = 0;
            for (int i = 0; i < 70; i++) {
                for (byte value : data.measured().pixels(i).data()) {
                    expected += Math.pow((value & 255) / 255.0 - 0.5, 2) / (70 * 768.0);
                }
            }
            assertThat(report.figures().get(Figure.MEAN_SQUARED_ERROR).value()).isCloseTo(expected, within(1e-6));
        }
    }
}
