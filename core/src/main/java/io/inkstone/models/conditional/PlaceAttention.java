package io.inkstone.models.conditional;

import io.inkstone.layers.Frozen;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Heads;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Numbered;
import org.bytedeco.pytorch.Tensor;

/**
 * A map whose places look at each other, [N, C, H, W] → the same shape: x + to_out(softmax(q·kᵀ/√d)·v) over the H·W places of
 * its norm, in heads of d channels (Ho et al. 2020, appendix B: one head). Children group_norm, to_q, to_k, to_v (linear, C → C)
 * and to_out, whose only child 0 is linear.
 */
final class PlaceAttention extends Looking {
    private final GroupNorm norm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear out;
    private final Heads heads;

    PlaceAttention(Initializer init, ConditionalShape shape, UnetLevelShape level) {
        int width = level.width();
        norm = child("group_norm", new GroupNorm(init, shape.groups(), width, shape.eps()));
        query = child("to_q", new Linear(init, width, width));
        key = child("to_k", new Linear(init, width, width));
        value = child("to_v", new Linear(init, width, width));
        out = child("to_out", new Numbered<Linear>()).add(new Linear(init, width, width));
        heads = new Heads(level.heads(), false);
    }

    @Override
    Tensor apply(Tensor x, Tensor states) {
        return pass(x, () -> forward(x));
    }

    private Tensor forward(Tensor x) {
        Tensor places = tokens(norm.apply(x));
        Tensor seen =
                heads.attend(Frozen.through(places, query), Frozen.through(places, key), Frozen.through(places, value));
        return map(Frozen.through(seen, out), x).add(x);
    }
}
