package io.inkstone.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything between a wish and its picture where there are only shapes, as in {@link PlacementTest}. Dynamic thresholding is
 * left out: libtorch 2.10 has no shapes-only kernel of absolute values.
 */
class DrawingPlacementTest {
    private static final DataForm FORM = TinyTraining.form(3, 16);

    @ParameterizedTest
    @EnumSource(SamplerChoice.class)
    void everySampler(SamplerChoice sampler) {
        SamplingOptions options = SamplingOptions.of(sampler.word(), 4);
        assertDrawnThere(
                "sprites", "model.width=8", options.withGuidance(Guidance.of(2)).withClamp(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fashion-dnn; model.latent=8",
                "fashion-gan; model.latent=8",
                "faces-vae; model.conditional=true",
                "sprites-modern; model.attention=[0]"
            })
    void everyFamily(String recipe, String key) {
        assertDrawnThere(recipe, key, SamplingOptions.DEFAULT);
    }

    private static void assertDrawnThere(String recipe, String key, SamplingOptions options) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                Model model = built(recipe, key)) {
            GenerationRequest request = GenerationRequest.of(2, 0)
                    .withConditions(List.of(Condition.oneOf(0, 2), Condition.oneOf(1, 2)))
                    .withSampling(options);
            Tensor drawn = Layer.evaluating(() -> ((Generates) model).generate(request));
            assertThat(drawn.shape()).containsExactly(2, 3, 16, 16);
            assertThat(ComputeDevice.of(drawn)).isEqualTo(ComputeDevice.META);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"faces-vae; model.channels=[8,8]", "faces-autoencoder; model.multipliers=[1,1]"})
    void everyCodec(String recipe, String key) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                Model model = built(recipe, key)) {
            Tensor pictures = ComputeDevice.META.place(Tensors.zeros(2, 3, 16, 16));
            Tensor back = Layer.evaluating(() -> ((Autoencodes) model)
                    .reconstruct(
                            pictures,
                            model.conditions().told(List.of(Condition.oneOf(0, 2), Condition.oneOf(1, 2)), 2)));
            assertThat(back.shape()).containsExactly(2, 3, 16, 16);
            assertThat(ComputeDevice.of(back)).isEqualTo(ComputeDevice.META);
        }
    }

    private static Model built(String recipe, String key) {
        Recipe loaded = Recipes.load(recipe, List.of(key));
        return built(Families.named(loaded.system()), loaded.settings());
    }

    private static <S> Model built(Family<S> family, Object settings) {
        return family.build(
                Initializer.shapesOnly(), family.fitted(family.settingsType().cast(settings), FORM), FORM);
    }
}
