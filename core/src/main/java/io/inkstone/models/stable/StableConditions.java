package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.condition.Condition;
import io.inkstone.condition.ConditionEncoder;
import io.inkstone.condition.Told;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.text.Prompt;
import io.inkstone.text.WeightedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How a U-Net is told words: by the states of a text encoder, [N, 77·k, C]. Texts of more than 75 ids take k chunks, each
 * encoded by itself; the shorter texts of a batch get chunks of padding. Nothing is the empty text.
 *
 * @param parts with tokenizer and text encoder, when they are there
 */
record StableConditions(Supplier<StableParts> parts) implements ConditionEncoder {
    private static final Condition.Text NOTHING = new Condition.Text("");

    @Override
    public Told told(List<Condition> conditions, int count) {
        return told(texts(conditions, count));
    }

    /** The wanted ones behind the avoided ones, equally long: what a network is asked in one pass. */
    Told both(List<Condition> avoided, List<Condition> wanted, int count) {
        List<Condition.Text> all = new ArrayList<>(texts(avoided, count));
        all.addAll(texts(wanted, count));
        return told(all);
    }

    /** Of training pictures: one chunk each, as others train; what is longer is cut. */
    Told cut(List<Condition> conditions, int count) {
        return told(texts(conditions, count), text -> Prompt.single(tokenizer(), text.text()));
    }

    @Override
    public boolean readsWords() {
        return true;
    }

    @Override
    public void require(Condition wish) {
        if (wish.weights().isPresent() && wish.words().isEmpty()) {
            throw new InputException(
                            "This model reads words and knows no classes: say by a prompt what pictures should show.")
                    .about("labels", "context", "negative");
        }
        wish.words().ifPresent(words -> prompt(text(wish)));
    }

    private ClipTokenizer tokenizer() {
        return parts.get().tokenizer();
    }

    private static List<Condition.Text> texts(List<Condition> conditions, int count) {
        List<Condition.Text> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(conditions.isEmpty() ? NOTHING : text(conditions.get(i)));
        }
        return texts;
    }

    private static Condition.Text text(Condition condition) {
        if (condition instanceof Condition.Text text) {
            return text;
        }
        return condition instanceof Condition.Both both ? both.text() : NOTHING;
    }

    private Prompt prompt(Condition.Text text) {
        WeightedText words =
                text.reading().weighted() ? WeightedText.parse(text.text()) : WeightedText.plain(text.text());
        return Prompt.chunked(tokenizer(), words);
    }

    private Told told(List<Condition.Text> texts) {
        return told(texts, this::prompt);
    }

    private Told told(List<Condition.Text> texts, java.util.function.Function<Condition.Text, Prompt> reading) {
        Map<Condition.Text, Prompt> prompts = new LinkedHashMap<>();
        texts.forEach(text -> prompts.computeIfAbsent(text, reading));
        int chunks = prompts.values().stream()
                .mapToInt(prompt -> prompt.chunks().size())
                .max()
                .orElse(1);
        Tensor states = Layer.evaluating(() -> Scope.yielding(() -> {
            Map<Condition.Text, Tensor> known = new LinkedHashMap<>();
            prompts.forEach((text, prompt) -> known.put(
                    text,
                    states(prompt.padded(tokenizer(), chunks), text.reading().skipped())));
            return Tensors.concatenate(0, texts.stream().map(known::get).toArray(Tensor[]::new));
        }));
        return Told.nothing(texts.size(), device()).with(new Told.States(states, java.util.Optional.empty()));
    }

    private ComputeDevice device() {
        return parts.get().text().device();
    }

    /**
     * Of one prompt, [1, 77·k, C]. Weights scale the states of their ids; all states are then scaled back to the mean that
     * they had, as the popular tools do.
     */
    private Tensor states(Prompt prompt, int skipped) {
        int chunks = prompt.chunks().size();
        long[] ids = new long[chunks * ClipTokenizer.LENGTH];
        float[] weights = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Prompt.Chunk chunk = prompt.chunks().get(i / ClipTokenizer.LENGTH);
            ids[i] = chunk.ids()[i % ClipTokenizer.LENGTH];
            weights[i] = (float) chunk.weights()[i % ClipTokenizer.LENGTH];
        }
        Tensor placed = device().place(Tensors.of(io.inkstone.array.NdArray.of(ids, chunks, ClipTokenizer.LENGTH)));
        Tensor plain = parts.get().text().states(placed, skipped).to(ScalarType.Float);
        if (prompt.chunks().stream().noneMatch(Prompt.Chunk::isWeighted)) {
            return plain.reshape(1, ids.length, -1);
        }
        Tensor factors = device().place(Tensors.of(weights, chunks, ClipTokenizer.LENGTH, 1));
        Tensor weighted = plain.mul(factors);
        return weighted.mul(plain.mean().div(weighted.mean())).reshape(1, ids.length, -1);
    }
}
