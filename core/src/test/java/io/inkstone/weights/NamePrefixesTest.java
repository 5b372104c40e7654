package io.inkstone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamePrefixesTest {
    private static final Predicate<WeightSet> KNOWN =
            set -> set.tensors().keySet().containsAll(List.of("a.weight", "b.weight"));

    /** Each tensor holds its own number, in the order of the names. */
    private static WeightSet named(String... names) {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        for (String name : names) {
            tensors.put(name, NdArray.of(new float[] {tensors.size()}, 1));
        }
        return WeightSet.of(tensors);
    }

    private static WeightSet network(WeightSet file) {
        return NamePrefixes.network(NamePrefixes.common(file), NamePrefixes.Which.UNSAID, KNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"module.", "_orig_mod.", "model.", "nn_model.", "ema_model.", "net.model.", "module._orig_mod."})
    void aCommonPrefixIsTakenAwayAndSaid(String prefix) {
        WeightSet set = network(named(prefix + "a.weight", prefix + "b.weight"));
        assertThat(set.tensors()).containsOnlyKeys("a.weight", "b.weight");
        assertThat(set.notes()).singleElement().asString().contains("'" + prefix + "'", "taken away");
    }

    @Test
    void entriesOutsideAreCountedNamedAndLeftOut() {
        WeightSet set = network(named("n_averaged", "loss.0.weight", "module.a.weight", "module.b.weight"));
        assertThat(set.tensors()).containsOnlyKeys("a.weight", "b.weight");
        assertThat(set.tensors().get("b.weight").toFloats()).containsExactly(3);
        assertThat(set.notes()).singleElement().asString().contains("2 entries outside it were left out (n_averaged, ");
    }

    @Test
    void compiledPartsInsideANetworkAreFound() {
        WeightSet set = network(named("model.a._orig_mod.weight", "model.b.weight"));
        assertThat(set.tensors()).containsOnlyKeys("a.weight", "b.weight");
        assertThat(set.notes()).hasSize(2);
    }

    @Test
    void ofTrainedAndAveragedWeightsTheTrainedAreTakenUnlessTheOthersAreWanted() {
        WeightSet file = named("model.a.weight", "model.b.weight", "ema.a.weight", "ema.b.weight");
        WeightSet trained = network(file);
        assertThat(trained.tensors().get("b.weight").toFloats()).containsExactly(1);
        assertThat(trained.notes()).last().asString().contains("'ema.'", "an import can take those");
        WeightSet average = NamePrefixes.network(file, NamePrefixes.Which.AVERAGE, KNOWN);
        assertThat(average.tensors().get("b.weight").toFloats()).containsExactly(3);
        WeightSet beside = named("a.weight", "b.weight", "model_ema.a.weight", "model_ema.b.weight");
        assertThat(NamePrefixes.network(beside, NamePrefixes.Which.AVERAGE, KNOWN)
                        .tensors()
                        .get("a.weight")
                        .toFloats())
                .containsExactly(2);
        assertThatThrownBy(() -> NamePrefixes.network(
                        named("model.a.weight", "model.b.weight"), NamePrefixes.Which.AVERAGE, KNOWN))
                .hasMessageContaining("no averaged weights");
    }

    @Test
    void severalNetworksAreNotGuessedBetween() {
        WeightSet two = named("one.a.weight", "one.b.weight", "two.a.weight", "two.b.weight");
        assertThatThrownBy(() -> network(two)).hasMessageContaining("'one.', 'two.'");
        WeightSet unknown = named("model.c.weight");
        assertThat(network(unknown)).isEqualTo(unknown);
    }

    @Test
    void wordsForAverages() {
        assertThat(List.of(
                        "ema", "model_ema", "ema_model.", "state_dict_ema", "params_ema", "averaged_model", "net.ema"))
                .allMatch(NamePrefixes::isAverage);
        assertThat(List.of("model", "schema", "semantic.", "average_pool", "remapped"))
                .noneMatch(NamePrefixes::isAverage);
    }
}
