package io.inkstone.golden;

import io.inkstone.models.DataForm;
import io.inkstone.models.autoencoder.AutoencoderFamily;
import io.inkstone.models.autoencoder.AutoencoderSettings;
import io.inkstone.models.autoencoder.BlockMemory;
import io.inkstone.models.diffusion.DiffusionFamily;
import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.models.dnn.DnnFamily;
import io.inkstone.models.vae.VaeFamily;
import io.inkstone.models.vae.VaeSettings;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.RateSchedule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two training steps of each network beside PyTorch's, from the same weights, batches and noise: losses, gradients, and
 * what the optimizer and the norms made of them.
 */
class TrainingStepTest {
    @Test
    void contextUnet() throws Exception {
        DiffusionFamily family = new DiffusionFamily();
        DiffusionSettings settings = new DiffusionSettings(
                DiffusionSettings.ModelGroup.context(16, DiffusionSettings.ContextKeys.PUBLISHED, true),
                family.defaults().diffusion());
        int[][] times = {{1, 77, 250, 500}, {40, 3, 499, 180}};
        // The third picture's context is dropped.
        float[] keep = {1, 1, 0, 1};
        new ReferenceSteps("unet", new int[] {0, 2, 4, 1}, times, keep)
                .compare(family, settings, form(3, 16, 5), OptimizerConfig.adam(1e-3), 1e-3, 1e-3);
    }

    @Test
    void generator() throws Exception {
        DnnFamily family = new DnnFamily();
        new ReferenceSteps("dnn", new int[] {0, 3, 9, 3}, null, null)
                .compare(family, family.defaults(), form(1, 28, 10), OptimizerConfig.adam(1e-4), 1e-4, 1e-4);
    }

    @Test
    void vae() throws Exception {
        VaeSettings settings = new VaeSettings(
                new VaeSettings.ModelGroup(
                        List.of(16, 32, 64, 128, 256), List.of(), 128, VaeSettings.Output.SIGMOID, false),
                VaeSettings.ObjectiveGroup.gaussian(0.00025));
        new ReferenceSteps("vae", new int[4], null, null)
                .compare(new VaeFamily(), settings, form(3, 64, 0), OptimizerConfig.adam(5e-3), 5e-3, 5e-3);
    }

    /** At the recipe's rate the decay is below float32's resolution; the second step makes it 1e-4 of a weight. */
    @Test
    void autoencoder() throws Exception {
        AutoencoderSettings settings = new AutoencoderSettings(
                new AutoencoderSettings.ModelGroup(32, List.of(1, 2), 4, 8, true, true, BlockMemory.NEVER),
                new AutoencoderSettings.ObjectiveGroup(0));
        OptimizerConfig adamw = new OptimizerConfig(
                OptimizerConfig.Name.ADAMW, 1e-5, List.of(0.9, 0.999), 1e-8, 0.01, RateSchedule.CONSTANT, 0);
        new ReferenceSteps("autoencoder", new int[1], null, null)
                .compare(new AutoencoderFamily(), settings, form(3, 32, 0), adamw, 1e-5, 1e-2);
    }

    private static DataForm form(int channels, int side, int classes) {
        return new DataForm(
                channels,
                side,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }
}
