package io.inkstone.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.layers.Initializer;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Ema;
import io.inkstone.train.Losses;
import io.inkstone.train.Phase;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The losses of every family where there are only shapes: a tensor that is made elsewhere than where the network is does not
 * meet the others, and fails here as it would on a GPU; so does a value that is read back to the host outside of
 * {@link io.inkstone.tensor.Readback}.
 *
 * <p>libtorch 2.10 has no shapes-only kernels in C++ for the cross entropy of logits (a GAN's losses), a plain ReLU (the
 * classifier), the gradients of convolutions and norms, and the fused optimizer: those run on real devices alone.
 */
class PlacementTest {
    private static final DataForm FORM = TinyTraining.form(3, 32);

    @ParameterizedTest
    @ValueSource(strings = {"dnn", "vae", "autoencoder", "diffusion"})
    void lossesWhereThereAreOnlyShapes(String family) {
        try (Scope scope = Scope.open();
                Model model = built(Families.named(family))) {
            Draws draws = new Draws(new Seed(1), 0, ComputeDevice.META);
            List<Tensor> all = new ArrayList<>();
            for (Phase phase : model.objective().phases()) {
                Losses losses = phase.losses(batch(), draws);
                all.add(losses.total());
                all.addAll(losses.parts().values());
            }
            assertThat(all).isNotEmpty().allMatch(loss -> loss.dim() == 0 && isThere(loss));
        }
    }

    /** Its losses have no kernel there, its networks have. */
    @Test
    void aGansNetworks() {
        try (Scope scope = Scope.open();
                Model model = built(Families.named("gan"))) {
            model.pass(model.inputShape(3));
            assertThat(model.network().state().values()).allMatch(PlacementTest::isThere);
        }
    }

    @Test
    void theAverage() {
        try (Scope scope = Scope.open();
                Model model = built(Families.named("dnn"));
                Model average = built(Families.named("dnn"))) {
            new Ema(model.network(), average.network(), 100).update(10, 1000);
            assertThat(average.network().state().values()).allMatch(PlacementTest::isThere);
        }
    }

    private static boolean isThere(Tensor tensor) {
        return ComputeDevice.of(tensor).equals(ComputeDevice.META);
    }

    private static <S> Model built(Family<S> family) {
        return family.build(Initializer.shapesOnly(), family.fitted(family.defaults(), FORM), FORM);
    }

    private static Batch batch() {
        Batch here = TinyTraining.batch(FORM, true);
        return new Batch(ComputeDevice.META.place(here.pictures()), here.conditions(), here.endsEpoch());
    }
}
