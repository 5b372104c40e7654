package io.inkstone.models.conditional;

import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Numbered;
import io.inkstone.layers.Unary;
import org.bytedeco.pytorch.Tensor;

/**
 * A map that looks at itself and at a text, [N, C, H, W] → the same shape (Rombach et al. 2022, appendix E.2.1): x +
 * proj_out(transformer_blocks(proj_in(norm(x)))) over its places.
 */
final class TextTransformer extends Looking {
    private static final double EPS = 1e-6;

    private final GroupNorm norm;
    private final Unary in;
    private final Numbered<TextBlock> blocks;
    private final Unary out;
    private final boolean linear;

    TextTransformer(Initializer init, ConditionalShape shape, UnetLevelShape level) {
        int width = level.width();
        linear = shape.form().linear();
        norm = child("norm", new GroupNorm(init, shape.groups(), width, EPS));
        in = child("proj_in", projection(init, width));
        blocks = child("transformer_blocks", new Numbered<>());
        for (int i = 0; i < level.depth(); i++) {
            blocks.add(new TextBlock(init, level));
        }
        out = child("proj_out", projection(init, width));
    }

    private Unary projection(Initializer init, int width) {
        return linear ? new Linear(init, width, width) : Conv2d.pointwise(init, width, width);
    }

    @Override
    Tensor apply(Tensor x, Tensor states) {
        return pass(x, () -> forward(x, states));
    }

    private Tensor forward(Tensor x, Tensor states) {
        Tensor h = norm.apply(x);
        h = linear ? Frozen.through(tokens(h), in) : tokens(Frozen.through(h, in));
        for (TextBlock block : blocks.all()) {
            h = block.apply(h, states);
        }
        Tensor answer = linear ? map(Frozen.through(h, out), x) : Frozen.through(map(h, x), out);
        return answer.add(x);
    }
}
