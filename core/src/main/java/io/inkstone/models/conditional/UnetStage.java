package io.inkstone.models.conditional;

import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The blocks of one resolution on one way. Children resnets, attentions (one behind each residual block, or none: a
 * {@link TextTransformer}, or a {@link PlaceAttention} where nothing is read) and what leads to the next resolution: downsamplers.0 or upsamplers.0, or nothing.
 */
final class UnetStage extends Layer {
    private final Numbered<Looking> attentions;
    private final Numbered<TimedBlock> resnets = new Numbered<>();
    private Halving halving;
    private Doubling doubling;

    /** @param attends whether something that looks around follows residual blocks */
    UnetStage(boolean attends) {
        attentions = attends ? child("attentions", new Numbered<>()) : null;
        child("resnets", resnets);
    }

    /** Adds a residual block, and what looks around behind it. */
    void add(Initializer init, ConditionalShape shape, UnetLevelShape level, int in) {
        resnets.add(new TimedBlock(init, shape, in, level.width()));
        if (attentions != null) {
            attentions.add(
                    level.reads() ? new TextTransformer(init, shape, level) : new PlaceAttention(init, shape, level));
        }
    }

    /** Adds a last residual block without a transformer. */
    void addPlain(Initializer init, ConditionalShape shape, int width) {
        resnets.add(new TimedBlock(init, shape, width, width));
    }

    void halve(Initializer init, ConditionalShape shape, int width) {
        halving = child("downsamplers", new Numbered<Halving>())
                .add(new Halving(init, width, shape.form().symmetric()));
    }

    void twice(Initializer init, int width) {
        doubling = child("upsamplers", new Numbered<Doubling>()).add(new Doubling(init, width));
    }

    /** Its residual blocks and transformers. */
    List<Layer> blocks() {
        List<Layer> blocks = new ArrayList<>(resnets.all());
        if (attentions != null) {
            blocks.addAll(attentions.all());
        }
        return blocks;
    }

    int size() {
        return resnets.size();
    }

    Optional<Halving> halving() {
        return Optional.ofNullable(halving);
    }

    Optional<Doubling> doubling() {
        return Optional.ofNullable(doubling);
    }

    /** A residual block. */
    Tensor block(int index, Tensor x, Tensor embedding) {
        return resnets.get(index).apply(x, embedding);
    }

    /** What looks around behind a residual block, if there is something. */
    Tensor attention(int index, Tensor x, Tensor states) {
        return attentions == null || index >= attentions.size()
                ? x
                : attentions.get(index).apply(x, states);
    }
}
