package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.data.SharedData;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ResolvedRecipe;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightImportTest {
    /** One buffer lies under every tensor: only names and shapes are looked at. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(32 << 20);

    /** Weights with the names and shapes of the recipe's network. */
    private static WeightSet weights(Recipe recipe) {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            model.network().state().forEach((name, tensor) -> {
                int bytes = Math.toIntExact(NdArray.byteCount(DType.FLOAT32, tensor.shape()));
                tensors.put(name, new NdArray(DType.FLOAT32, tensor.shape(), ZEROS.slice(0, bytes)));
            });
        }
        return WeightSet.of(tensors);
    }

    /** All but those of codes, which need a run, and the one whose weights come as folders and files of another kind. */
    static Stream<String> read() {
        return Recipes.shipped().keySet().stream()
                .filter(name -> Recipes.steps(name).isEmpty()
                        && !name.contains("-latent-")
                        && !name.equals("captioned-diffusion")
                        && !name.equals("stable-diffusion"));
    }

    private static WeightImport imported(WeightSet file, String recipe, String... overrides) {
        return WeightImport.of(file, Recipes.load(recipe, List.of(overrides)), Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("read")
    void theWeightsOfARecipeFitItAsTheyAre(String name) {
        Recipe recipe = ResolvedRecipe.of(name);
        WeightImport imported = imported(weights(recipe), name);
        assertThat(imported.recipe()).isEqualTo(recipe);
        assertThat(imported.taken()).isEmpty();
        assertThat(RecipeFit.of(weights(recipe))).anySatisfy(fit -> assertThat(fit)
                .isEqualTo(new RecipeFit(name, recipe.system(), List.of(), Optional.empty())));
    }

    /** Networks of other sizes, imported through a recipe that knows nothing of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sprites-unconditional | sprites | data.size=32 data.channels=1 model.width=16",
                "mnist-diffusion | sprites | data.size=20 data.classes=[a,b,c]",
                "mnist-gan | fashion-gan | data.size=16 model.latent=7 model.spectralNorm=true data.classes=[a,b,c]",
                "mnist-gan | mnist-gan-unconditional | data.channels=3 data.size=32",
                "mnist-vae | celeba-vae | data.size=20 model.channels=[8,16] model.latent=5 data.classes=[a,b]",
                "celeba-vae | faces-vae | data.size=32 model.channels=[8,8,8,8] model.latent=3",
                "faces-autoencoder | captioned-autoencoder | model.groups=32 model.width=64 model.multipliers=[2,1,1] model.latent=16 data.channels=1",
            })
    void sizesComeFromTheFile(String source, String through, String overrides) {
        Recipe recipe = ResolvedRecipe.of(source, overrides.split(" "));
        WeightImport imported = imported(weights(recipe), through);
        assertThat(sizes(imported.recipe())).isEqualTo(sizes(recipe));
        assertThat(imported.recipe().data().channels()).isEqualTo(recipe.data().channels());
        if (!recipe.system().equals("autoencoder")) {
            assertThat(imported.recipe().data().size()).isEqualTo(recipe.data().size());
        }
    }

    /** What of the settings a file tells. */
    private static String sizes(Recipe recipe) {
        return recipe.settings()
                .toString()
                .replaceAll("objective=.*|diffusion=.*|(conditional|checkpointing)=[A-Za-z]*", "");
    }

    private static WeightImport imported(String file, String recipe, String... overrides) throws IOException {
        Set<String> said = Arrays.stream(overrides)
                .map(set -> set.substring(0, set.indexOf('=')))
                .collect(Collectors.toSet());
        return WeightImport.of(
                WeightFile.read(SharedData.path("../cases/" + file)),
                Recipes.load(recipe, List.of(overrides)),
                new WeightImport.Choices(Optional.empty(), NamePrefixes.Which.UNSAID, said));
    }

    /** As real tools save the weights of one network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "averaged.pth",
                "ddpm-wrapper.pth",
                "lightning.ckpt",
                "pre-model.pth",
                "pre-_orig_mod.safetensors",
                "pre-module.safetensors"
            })
    void wrappersAreTakenOff(String file) throws IOException {
        WeightImport imported =
                imported("weight-prefixes/" + file, "sprites", "data.classes=[a,b,c]", "diffusion.steps=50");
        assertThat(imported.recipe().data().form().classes()).containsExactly("a", "b", "c");
        assertThat(String.join(" ", imported.weights().notes())).contains("taken away");
        if (file.equals("ddpm-wrapper.pth")) {
            assertThat(imported.weights().notes()).singleElement().asString().contains("7 entries", "alpha_t");
        }
        assertThat(RecipeFit.of(WeightFile.read(SharedData.path("../cases/weight-prefixes/" + file))))
                .anySatisfy(fit -> assertThat(fit.recipe()).isEqualTo("sprites"));
    }

    @Test
    void whatWasSetHoldsWhereTheFileIsSilent() throws IOException {
        String size = "data.size=16";
        WeightImport said = imported("set-groups-overruled/bare.pth", "captioned-autoencoder", size, "model.groups=8");
        WeightImport config = imported("set-groups-overruled/same-with-config", "captioned-autoencoder", size);
        assertThat(said.recipe().settings()).isEqualTo(config.recipe().settings());
        assertThat(said.taken()).noneMatch(change -> change.startsWith("model.groups"));
        assertThat(config.taken()).contains("model.groups=8");
        WeightImport guessed = imported("set-groups-overruled/bare.pth", "faces-autoencoder", size);
        assertThat(guessed.taken()).noneMatch(change -> change.startsWith("model.groups"));
        assertThat(guessed.weights().notes()).last().asString().contains("32 are assumed", "model.groups");
    }

    @Test
    void theRecipeIsFoundWhereTheFileSaysIt() {
        List<String> said = new ArrayList<>();
        WeightSet file = weights(ResolvedRecipe.of("celeba-vae"));
        assertThat(RecipeFit.only(file, List.of(), said::add)).isEqualTo(Recipes.load("celeba-vae", List.of()));
        assertThat(said).singleElement().asString().contains("celeba-vae");
        Recipe own = ResolvedRecipe.of("sprites", "model.width=8");
        WeightSet ours = new WeightSet(weights(own).tensors(), Map.of("recipe", Recipes.print(own)), List.of());
        assertThat(RecipeFit.only(ours, List.of(), said::add)).isEqualTo(own);
        assertThatThrownBy(() -> RecipeFit.only(weights(ResolvedRecipe.of("mnist-dnn")), List.of(), said::add))
                .hasMessageContaining("mnist-dnn, fashion-dnn");
    }

    @Test
    void unknownNamesAreNamed() {
        WeightSet other = WeightSet.of(Map.of("conv1.weight", NdArray.of(new float[1], 1)));
        assertThatThrownBy(() -> imported(other, "sprites"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the first is conv1.weight");
        assertThat(RecipeFit.of(other)).isEmpty();
    }

    /** The names of classes travel in the metadata of our own files. */
    @Test
    void classesKeepTheNamesThatTheFileKnows() {
        Recipe own = ResolvedRecipe.of("sprites", "data.classes=[a,b,'0x1F',d,'1e3']");
        WeightSet file = weights(own);
        WeightSet ours = new WeightSet(file.tensors(), Map.of("recipe", Recipes.print(own)), List.of());
        assertThat(imported(ours, "sprites").recipe().data().form().classes())
                .containsExactly("a", "b", "0x1F", "d", "1e3");
        assertThat(imported(ours, "sprites", "data.classes=[d,b,a,'0x1F','1e3']")
                        .recipe()
                        .data()
                        .form()
                        .classes())
                .containsExactly("a", "b", "0x1F", "d", "1e3");
        assertThatThrownBy(() -> imported(ours, "sprites", "data.classes=[a,b,c,d,e]"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("know 5 classes (a, b, 0x1F, d, 1e3)")
                .hasMessageContaining("says 5 classes (a, b, c, d, e)");
    }
}
