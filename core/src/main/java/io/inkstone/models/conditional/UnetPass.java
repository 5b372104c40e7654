package io.inkstone.models.conditional;

import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** One way down and up, with {@code blocks} passing what lies between two maps that are kept. */
final class UnetPass {
    private final ConditionalUnet unet;
    private final BlockPass blocks;
    private final Deque<Tensor> skips = new ArrayDeque<>();

    UnetPass(ConditionalUnet unet, BlockPass blocks) {
        this.unet = unet;
        this.blocks = blocks;
    }

    /** A layer as a function of one map, whatever else it is told. */
    private static final class Bound extends Unary {
        private final UnaryOperator<Tensor> work;

        Bound(Layer layer, UnaryOperator<Tensor> work) {
            child("layer", layer);
            this.work = work;
        }

        @Override
        protected Tensor forward(Tensor x) {
            return work.apply(x);
        }
    }

    private Tensor through(Layer layer, Tensor x, UnaryOperator<Tensor> work) {
        return blocks == BlockPass.PLAIN ? work.apply(x) : blocks.apply(new Bound(layer, work), x);
    }

    Tensor of(Tensor noisy, Tensor times, Prompted prompt) {
        Tensor embedding = through(unet.time(), times, t -> unet.time().apply(t, prompt.guidance()));
        Tensor states = prompt.states();
        Tensor x = kept(through(unet.in(), noisy, unet::first));
        for (UnetStage stage : unet.down().all()) {
            for (int i = 0; i < stage.size(); i++) {
                x = kept(block(stage, i, x, embedding, states));
            }
            if (stage.halving().isPresent()) {
                Halving halving = stage.halving().get();
                x = kept(through(halving, x, halving::apply));
            }
        }
        for (int i = 0; i < unet.middle().size(); i++) {
            Tensor before = x;
            x = block(unet.middle(), i, before, embedding, states);
            if (i > 0) {
                Layer.spent(before);
            }
        }
        for (UnetStage stage : unet.up().all()) {
            x = up(stage, x, embedding, states);
        }
        return unet.answer(x);
    }

    private Tensor up(UnetStage stage, Tensor from, Tensor embedding, Tensor states) {
        Tensor x = from;
        for (int i = 0; i < stage.size(); i++) {
            Tensor skip = skips.pop();
            Tensor joined = Tensors.concatenate(1, x, skip);
            Layer.spent(x);
            Layer.spent(skip);
            x = block(stage, i, joined, embedding, states);
            Layer.spent(joined);
        }
        if (stage.doubling().isPresent()) {
            Doubling doubling = stage.doubling().get();
            Tensor before = x;
            Tensor like = skips.peek();
            x = through(doubling, before, map -> doubling.apply(map, like));
            Layer.spent(before);
        }
        return x;
    }

    private Tensor block(UnetStage stage, int index, Tensor x, Tensor embedding, Tensor states) {
        return through(
                stage,
                x,
                map -> Scope.yielding(() -> stage.attention(index, stage.block(index, map, embedding), states)));
    }

    private Tensor kept(Tensor x) {
        skips.push(x);
        return x;
    }
}
