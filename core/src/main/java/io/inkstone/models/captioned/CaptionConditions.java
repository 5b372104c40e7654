package io.inkstone.models.captioned;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Tells a network words: the states of all ids of a text, [N, T, C], and as the vector the state at its end. Nothing is the empty
 * text with a vector of zeros. Gradients flow into the text encoder where a graph is recorded.
 */
public final class CaptionConditions implements ConditionEncoder {
    private final ClipTextEncoder encoder;
    private ClipTokenizer tokenizer;

    CaptionConditions(ClipTextEncoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Reads words by another tokenizer than the published one from now on.
     *
     * @throws InputException for one that knows more ids than the text encoder
     */
    public void readBy(ClipTokenizer other) {
        int known = encoder.shape().vocabulary();
        if (other.size() > known) {
            throw new InputException(Words.of(
                    "The tokenizer knows %,d ids and the text encoder %,d: train with --set model.text.vocabulary=%d.",
                    other.size(), known, other.size()));
        }
        tokenizer = other;
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
        ComputeDevice device = encoder.device();
        Tensor ids = device.place(Tensors.of(ids(List.copyOf(places.keySet()))));
        Tensor states = encoder.apply(ids);
        Tensor whole = encoder.pooled(ids, states);
        Tensor rows = device.place(
                Tensors.of(texts.stream().mapToLong(places::get).toArray(), count));
        float[] said = new float[count];
        for (int i = 0; i < count; i++) {
            said[i] = texts.get(i).isEmpty() ? 0 : 1;
        }
        Tensor vector = whole.index_select(0, rows).mul(device.place(Tensors.of(said, count, 1)));
        return Told.of(vector).with(new Told.States(states.index_select(0, rows), Optional.empty()));
    }

    private static String words(Condition condition) {
        return condition.words().orElse("").strip();
    }

    /** [N, T]: start, pieces, end, padding; the end stays where a text is cut. */
    private NdArray ids(List<String> texts) {
        int length = encoder.shape().positions();
        long[] all = new long[texts.size() * length];
        Arrays.fill(all, tokenizer().pad());
        for (int i = 0; i < texts.size(); i++) {
            int[] pieces = tokenizer().pieces(texts.get(i));
            int kept = Math.min(pieces.length, length - 2);
            all[i * length] = ClipTokenizer.START;
            for (int k = 0; k < kept; k++) {
                all[i * length + 1 + k] = pieces[k];
            }
            all[i * length + 1 + kept] = ClipTokenizer.END;
        }
        return NdArray.of(all, texts.size(), length);
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
        int most = encoder.shape().positions() - 2;
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
