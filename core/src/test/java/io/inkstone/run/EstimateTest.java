package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dry run says of memory, on the published autoencoder at 256×256: no numbers are computed. */
class EstimateTest {
    private static final double MB = 1 << 20;

    /** 32×32 positions look at 32×32: three matrices in each of the two attentions, 4 bytes a value. */
    @Test
    void countsTheMatrixOfAttention() {
        double with = megabytes("model.checkpointing=false");
        double without = megabytes("model.checkpointing=false", "model.attention=false");
        double matrices = 2 * 3 * 1024.0 * 1024 * 4 / MB;
        // Beside the matrices go five layers on [512, 32, 32] and 4·(512² + 512) + 1024 parameters in each half.
        double maps = 2 * 5 * 512 * 1024.0 * 4 / MB;
        double parameters = 2 * (4 * (512 * 512 + 512.0) + 1024) * 16 / MB;
        assertThat(with - without).isCloseTo(matrices + maps + parameters, within(4.0));
    }

    /** Measured on the 512×512 step: 7.0 to 9.7 GB, with the blocks computed twice 4.7 GB; activations scale with area. */
    @Test
    void countsWhatIsComputedTwice() {
        Estimate plain = estimate("model.checkpointing=false");
        Estimate twice = estimate("model.checkpointing=true");
        long fixed = (400L << 20) + 16 * plain.parameters();
        assertThat(twice.parameters()).isEqualTo(plain.parameters());
        assertThat((double) (twice.bytes() - fixed) / (plain.bytes() - fixed)).isBetween(0.15, 0.6);
    }

    private static double megabytes(String... overrides) {
        return estimate(overrides).bytes() / MB;
    }

    private static Estimate estimate(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "data.size=256", "data.channels=3", "data.classes=[]", "train.batch=1", "ema.halfLifePictures=0"));
        all.addAll(List.of(overrides));
        Recipe recipe = Recipes.load("captioned-autoencoder", all);
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            return Estimate.of(model, recipe, Precision.FLOAT32);
        }
    }
}
