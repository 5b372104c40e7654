package io.inkstone.models.captioned;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Tells a network words: the states of all ids of a text, [N, T, C], and as the vector the state at its end. Nothing is the empty
 * text with a vector of zeros. Gradients flow into a text encoder that is trained along where a graph is recorded.
 */
public final class CaptionConditions implements ConditionEncoder, AutoCloseable {
    private final Optional<ClipTextEncoder> own;
    private final TextKeys keys;
    private final Supplier<ComputeDevice> device;
    private GivenText given;
    private ClipTokenizer tokenizer;

    /**
     * @param own encoder that is trained along; empty where one is {@linkplain #readBy(GivenText) given}
     * @param device where the network is, whenever it is asked
     */
    CaptionConditions(Optional<ClipTextEncoder> own, TextKeys keys, Supplier<ComputeDevice> device) {
        this.own = own;
        this.keys = keys;
        this.device = device;
    }

    /** Its part of a recipe. */
    public TextKeys keys() {
        return keys;
    }

    /**
     * Reads words by another tokenizer than the published one from now on.
     *
     * @throws InputException for one that knows more ids than the text encoder
     */
    public void readBy(ClipTokenizer other) {
        if (other.size() > keys.vocabulary()) {
            throw new InputException(Words.of(
                            "The tokenizer knows %,d ids and the text encoder %,d: train with more.",
                            other.size(), keys.vocabulary()))
                    .about("model.text.vocabulary=" + other.size());
        }
        tokenizer = other;
    }

    /** Reads words by a given encoder and its tokenizer, and closes it. */
    public void readBy(GivenText other) {
        if (other.width() != keys.width()) {
            throw new InputException(Words.of(
                    "The text encoder gives %d numbers a state, and this network was built for %d: it is not the one that it was trained with.",
                    other.width(), keys.width()));
        }
        given = other;
        tokenizer = other.tokenizer();
    }

    /** The published one where no other was named. */
    public synchronized ClipTokenizer tokenizer() {
        if (tokenizer == null) {
            tokenizer = ClipTokenizer.published();
        }
        return tokenizer;
    }

    @Override
    public boolean readsWords() {
        return true;
    }

    @Override
    public Told told(List<Condition> conditions, int count) {
        List<String> texts = IntStream.range(0, count)
                .mapToObj(i -> conditions.isEmpty() ? "" : words(conditions.get(i)))
                .toList();
        Map<String, Integer> places = new LinkedHashMap<>();
        texts.forEach(text -> places.putIfAbsent(text, places.size()));
        List<String> different = List.copyOf(places.keySet());
        List<Ids> ids = different.stream().map(this::ids).toList();
        Tensor states = states(different, ids);
        Tensor ends = placed(Tensors.of(ids.stream().mapToLong(Ids::end).toArray(), ids.size(), 1, 1));
        Tensor whole =
                states.gather(1, ends.expand(ids.size(), 1, keys.width())).squeeze(1);
        Tensor rows = placed(Tensors.of(texts.stream().mapToLong(places::get).toArray(), count));
        float[] said = new float[count];
        for (int i = 0; i < count; i++) {
            said[i] = texts.get(i).isEmpty() ? 0 : 1;
        }
        Tensor vector = whole.index_select(0, rows).mul(placed(Tensors.of(said, count, 1)));
        return Told.of(vector).with(new Told.States(states.index_select(0, rows), Optional.empty()));
    }

    private Tensor placed(Tensor tensor) {
        return device.get().place(tensor);
    }

    /** Of different texts, [N, T, C]. */
    private Tensor states(List<String> texts, List<Ids> ids) {
        if (own.isPresent()) {
            return own.get().apply(placed(Tensors.of(array(ids))));
        }
        if (device.get().equals(ComputeDevice.META)) {
            return placed(Tensors.zeros(ids.size(), keys.length(), keys.width()));
        }
        Tensor[] rows = new Tensor[texts.size()];
        for (int i = 0; i < rows.length; i++) {
            Ids one = ids.get(i);
            rows[i] = given().known(texts.get(i))
                    .map(known -> placed(Tensors.of(known, 1, keys.length(), keys.width())))
                    .orElseGet(() -> given().states(array(List.of(one))));
        }
        return Tensors.concatenate(0, rows);
    }

    private GivenText given() {
        if (given == null) {
            throw new IllegalStateException("The given text encoder was not attached.");
        }
        return given;
    }

    /** Looks here before the given encoder reads a text: states [T, C] one after another, where they are known. */
    public void remember(Function<String, Optional<float[]>> states) {
        given().remember(states);
    }

    /** What a given encoder makes of texts, [N, T, C] in one row, to be {@linkplain GivenText#remember remembered}. */
    public float[] statesOf(List<String> texts) {
        try (Scope scope = Scope.open()) {
            return Tensors.toFloats(
                    given().states(array(texts.stream().map(this::ids).toList())));
        }
    }

    /**
     * A text as the encoder takes it: start, pieces, end, padding; the end stays where a text is cut.
     *
     * @param end place of the end
     */
    private record Ids(long[] all, int end) {}

    private Ids ids(String text) {
        int[] pieces = tokenizer().pieces(text);
        int kept = Math.min(pieces.length, keys.length() - 2);
        long[] all = new long[keys.length()];
        Arrays.fill(all, tokenizer().pad());
        all[0] = ClipTokenizer.START;
        for (int k = 0; k < kept; k++) {
            all[1 + k] = pieces[k];
        }
        all[1 + kept] = ClipTokenizer.END;
        return new Ids(all, 1 + kept);
    }

    /** Whether the end of {@code text} is not read, because it has more ids than a text may have. */
    public boolean cuts(String text) {
        return tokenizer().pieces(text).length > keys.length() - 2;
    }

    private NdArray array(List<Ids> ids) {
        long[] all =
                ids.stream().flatMapToLong(each -> Arrays.stream(each.all())).toArray();
        return NdArray.of(all, ids.size(), keys.length());
    }

    @Override
    public void close() {
        if (given != null) {
            given.close();
        }
    }

    private static String words(Condition condition) {
        return condition.words().orElse("").strip();
    }

    @Override
    public void require(Condition wish) {
        if (wish.words().isEmpty()) {
            if (wish.weights().isPresent()) {
                throw new InputException(
                                "This model reads words and knows no classes: say by a prompt what pictures should show.")
                        .about("labels", "context", "negative");
            }
            return;
        }
        if (wish instanceof Condition.Text text && !text.reading().equals(Condition.Reading.PLAIN)) {
            throw new InputException(
                            "This model reads words as they stand: leave out weights of words and skipped layers.")
                    .about("promptWeights", "clipSkip");
        }
        requireShort(words(wish));
    }

    private void requireShort(String words) {
        int[] pieces = tokenizer().pieces(words);
        int most = keys.length() - 2;
        if (pieces.length > most) {
            throw new InputException(Words.of(
                            "The prompt has %d ids and this model reads %d: leave out \"%s\", or more.",
                            pieces.length,
                            most,
                            tokenizer()
                                    .text(Arrays.copyOfRange(pieces, most, pieces.length))
                                    .strip()))
                    .about("prompt", "negativePrompt");
        }
    }
}
