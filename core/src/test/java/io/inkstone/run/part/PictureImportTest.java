package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.golden.UnconditionalReference;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.scheduled.ScheduledModel;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of diffusers' pipelines around a {@code UNet2DModel}, beside what those draw. */
class PictureImportTest {
    private static final long[] SHAPE = {2, 3, 16, 16};

    private final UnconditionalReference reference = new UnconditionalReference();

    @TempDir
    Path folder;

    private Path folder(String pipeline, String scheduler) throws IOException {
        return UnconditionalReference.save(folder.resolve("theirs"), pipeline, scheduler);
    }

    private static SavedRun open(Path place) {
        return SavedRun.open(place, SavedRun.Weights.EMA, ComputeDevice.CPU);
    }

    private static SamplingOptions steps(int steps) {
        return SamplingOptions.of(Optional.empty(), Optional.empty(), OptionalInt.of(steps));
    }

    private static NdArray start() {
        return NdArray.of(UnconditionalReference.noise(0, SHAPE), SHAPE);
    }

    private static GenerationRequest request(int steps) {
        return GenerationRequest.of(2, 7).withStart(start()).withSampling(steps(steps));
    }

    private void assertDrawsByDdim(Path place, double tolerance) {
        for (int steps : new int[] {2, 6}) {
            try (SavedRun run = open(place)) {
                NdArray pictures = new Generation(run.generates(), ComputeDevice.CPU, Precision.FLOAT32, 2)
                        .pictures(request(steps));
                assertThat(UnconditionalReference.error(pictures.toFloats(), reference.array("ddim." + steps)))
                        .isLessThan(tolerance);
            }
        }
    }

    /** A folder is drawn from as it is, as a run made of it, and as the folder that the run is exported as. */
    @Test
    void drawsAsDdimPipelineWhereverItLies() throws IOException {
        Path theirs = folder("DDIMPipeline", "DDIMScheduler");
        assertDrawsByDdim(theirs, 1e-3);
        Path run = folder.resolve("run");
        WeightImport given = PictureImport.of(theirs, List.of());
        assertThat(given.recipe().data().form().size()).isEqualTo(io.inkstone.image.Size.square(16));
        given.save(run, "theirs", ComputeDevice.CPU);
        assertDrawsByDdim(run, 1e-3);
        Path exported = folder.resolve("exported");
        try (SavedRun saved = open(run)) {
            assertThat(new PictureExport(saved).write(exported)).isEmpty();
        }
        assertDrawsByDdim(exported, 1e-3);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(exported.resolve("unet/config.json").toFile())
                        .path("_class_name")
                        .asText())
                .isEqualTo("UNet2DModel");
        assertThat(json.readTree(exported.resolve("model_index.json").toFile()))
                .isEqualTo(
                        json.readTree(
                                """
                                {"_class_name": "DDIMPipeline", "scheduler": ["diffusers", "DDIMScheduler"],
                                 "unet": ["diffusers", "UNet2DModel"]}"""));
    }

    /** Its noise is drawn otherwise here, so the reference's is handed to the sampler. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void drawsAsDdpmPipeline(int steps) throws IOException {
        try (SavedRun run = open(folder("DDPMPipeline", "DDPMScheduler"));
                Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            ScheduledModel model = (ScheduledModel) run.model();
            SamplingOptions options = steps(steps);
            int[] drawn = {0};
            Tensor picture = model.sampler(options)
                    .sample(
                            model.denoiser(request(steps)),
                            Tensors.of(start()),
                            model.grid(options),
                            shape -> Tensors.of(UnconditionalReference.noise(++drawn[0], shape), shape),
                            SamplingListener.NONE);
            assertThat(UnconditionalReference.error(Tensors.toFloats(picture), reference.array("ddpm." + steps)))
                    .isLessThan(1e-3);
            assertThat(drawn[0]).isEqualTo(steps - 1);
            assertThat(model.resolved(SamplingOptions.DEFAULT).sampler()).contains("ddpm");
            assertThat(model.steps(SamplingOptions.DEFAULT)).isEqualTo(1000);
            assertThat(model.steps(SamplingOptions.of(Optional.of("ddim"), Optional.empty(), OptionalInt.empty())))
                    .isEqualTo(50);
        }
    }

    /** DDIMPipeline makes a DDIMScheduler of whatever lies in the folder. */
    @Test
    void readsTheSchedulerAsThePipelineDoes() throws IOException {
        assertDrawsByDdim(folder("DDIMPipeline", "DDPMScheduler"), 1e-3);
    }

    /** The names of attention until the end of 2022, in a folder without an index. */
    @Test
    void readsEarlierNames() throws IOException {
        Path theirs = folder("DDIMPipeline", "DDIMScheduler");
        Map<String, NdArray> earlier = new LinkedHashMap<>();
        UnconditionalReference.weights("heads")
                .forEach((name, value) -> earlier.put(
                        name.replace(".to_q.", ".query.")
                                .replace(".to_k.", ".key.")
                                .replace(".to_v.", ".value.")
                                .replace(".to_out.0.", ".proj_attn."),
                        value));
        Safetensors.write(theirs.resolve("unet/diffusion_pytorch_model.safetensors"), earlier, Map.of());
        Files.delete(theirs.resolve("model_index.json"));
        assertDrawsByDdim(theirs, 1e-3);
    }

    @Test
    void importsANetworkAloneAndSaysWhatIsTaken() throws IOException {
        Path alone = folder("DDPMPipeline", "DDPMScheduler").resolve("unet");
        WeightImport given = PictureImport.of(alone, List.of());
        assertThat(given.weights().notes()).anyMatch(note -> note.contains("network without a scheduler"));
        given.save(folder.resolve("run"), "theirs", ComputeDevice.CPU);
        try (SavedRun run = open(folder.resolve("run"))) {
            assertThat(run.generates().resolved(SamplingOptions.DEFAULT).sampler())
                    .contains("ddpm");
        }
        assertThatThrownBy(() -> open(alone))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a network alone");
    }

    @Test
    void refusesWhatItCannotDo() throws IOException {
        Path theirs = folder("DDPMPipeline", "DDPMScheduler");
        assertThatThrownBy(() -> PictureImport.of(theirs, io.inkstone.recipe.Recipes.load("sprites", List.of())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is of a UNet2DModel, which is of the system 'scheduled-diffusion'");
        try (SavedRun run = open(theirs)) {
            GenerationRequest guided = request(2).withSampling(steps(2).withGuidance(Guidance.of(3)));
            assertThatThrownBy(() -> run.generates().requirePossible(guided))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("knows no classes");
            assertThatThrownBy(() ->
                            run.generates().requirePossible(request(2).withSize(new io.inkstone.image.Size(18, 16))))
                    .hasMessageContaining("divisible by 4");
        }
        Files.writeString(theirs.resolve("model_index.json"), "{\"_class_name\": \"LDMPipeline\"}");
        assertThatThrownBy(() -> open(theirs)).hasMessageContaining("is a LDMPipeline, which cannot be drawn from yet");
    }
}
