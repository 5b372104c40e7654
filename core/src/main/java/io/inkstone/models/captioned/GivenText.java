package io.inkstone.models.captioned;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.clip.ClipTextNames;
import io.inkstone.models.clip.ClipTextShape;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightFolder;
import io.inkstone.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A text encoder of CLIP with its tokenizer that somebody else trained: it stays as it is. Models of one training share it; closed with
 * the first of them. What it makes of the captions of a training can be {@linkplain #remember remembered}.
 */
public final class GivenText implements AutoCloseable {
    /** The folder of the network in a pipeline's folder. */
    public static final String ENCODER = "text_encoder";

    /** The folder of the vocabulary beside it. */
    public static final String TOKENIZER = "tokenizer";

    private final ClipTokenizer tokenizer;
    private final ClipTextEncoder encoder;
    private Function<String, Optional<float[]>> remembered = text -> Optional.empty();
    private boolean closed;

    private GivenText(ClipTokenizer tokenizer, ClipTextEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /**
     * Opens the folders {@value #ENCODER} and {@value #TOKENIZER} of a pipeline's folder.
     *
     * @param device where it lives
     */
    public static GivenText open(Path folder, ComputeDevice device) {
        try (WeightSource source = source(folder)) {
            ClipTokenizer tokenizer = ClipTokenizer.open(folder.resolve(TOKENIZER));
            ClipTextShape shape = ClipTextShape.parse(source.config().orElseThrow());
            if (tokenizer.size() > shape.vocabulary()) {
                throw new InputException(Words.of(
                        "The tokenizer of %s knows %,d ids and its text encoder %,d: they are of two models.",
                        folder, tokenizer.size(), shape.vocabulary()));
            }
            ClipTextEncoder encoder;
            try (Scope scope = Scope.open()) {
                encoder = new ClipTextEncoder(Initializer.placeholders(), shape);
            }
            LayerState.fill(encoder.state(), ClipTextNames.plain(source), LayerState.Kept.STORED);
            encoder.trainable(false);
            encoder.training(false);
            encoder.settle();
            encoder.moveTo(device);
            return new GivenText(tokenizer, encoder);
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    /** Channels of its states; no weight is read. */
    static int width(Path folder) {
        try (WeightSource source = source(folder)) {
            return ClipTextShape.parse(source.config().orElseThrow()).width();
        } catch (IOException failure) {
            throw unreadable(folder, failure);
        }
    }

    private static WeightSource source(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve(ENCODER)) || !Files.isDirectory(folder.resolve(TOKENIZER))) {
            throw new InputException(Words.of(
                    "model.text.from is a folder with %s and %s in it, as a pipeline of Stable Diffusion has them or the parts of its run; %s has none such.",
                    ENCODER, TOKENIZER, folder));
        }
        return WeightSource.open(WeightFolder.find(folder.resolve(ENCODER), Optional.empty()));
    }

    private static InputException unreadable(Path folder, IOException failure) {
        return new InputException(
                Words.of("The text encoder in %s cannot be read: %s", folder, failure.getMessage()), failure);
    }

    /** The weight file of the encoder in {@code folder}; its first where there are several. */
    public static Path weights(Path folder) throws IOException {
        return WeightFolder.find(folder.resolve(ENCODER), Optional.empty())
                .files()
                .get(0);
    }

    ClipTokenizer tokenizer() {
        return tokenizer;
    }

    int width() {
        return encoder.shape().width();
    }

    /** Looks here before it reads a text: its states [T, C] one after another, where they are known. */
    public void remember(Function<String, Optional<float[]>> states) {
        remembered = states;
    }

    Optional<float[]> known(String text) {
        return remembered.apply(text);
    }

    /** States [N, T, C] of ids [N, T], float32, without a graph. */
    Tensor states(NdArray ids) {
        return Layer.evaluating(() -> Scope.yielding(
                () -> encoder.states(encoder.device().place(Tensors.of(ids)), 0).to(ScalarType.Float)));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            encoder.close();
        }
    }
}
