package io.inkstone.models.conditional;

import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Linear;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A residual block that is told the time, [N, in, H, W] → [N, out, H, W] (Ho et al. 2020, appendix B): two convolutions, each
 * after group norm and SiLU; what it is told is added between them. Children norm1, conv1, time_emb_proj, norm2, conv2 and,
 * where the width changes, conv_shortcut (1×1).
 */
final class TimedBlock extends Layer {
    private final GroupNorm norm1;
    private final Conv2d conv1;
    private final Linear told;
    private final GroupNorm norm2;
    private final Conv2d conv2;
    private final Conv2d shortcut;
    private final int out;

    TimedBlock(Initializer init, ConditionalShape shape, int in, int out) {
        this.out = out;
        norm1 = child("norm1", new GroupNorm(init, shape.groups(), in, shape.eps()));
        conv1 = child("conv1", Conv2d.same(init, in, out));
        told = child("time_emb_proj", new Linear(init, shape.embedding(), out));
        norm2 = child("norm2", new GroupNorm(init, shape.groups(), out, shape.eps()));
        conv2 = child("conv2", Conv2d.same(init, out, out));
        shortcut = in == out ? null : child("conv_shortcut", Conv2d.pointwise(init, in, out));
    }

    /** What enters either convolution. */
    @Override
    public long ownValues(long... inputShape) {
        return inputShape[0] * inputShape[2] * inputShape[3] * (inputShape[1] + out);
    }

    /** @param embedding [N, e], or [1, e] for all */
    Tensor apply(Tensor x, Tensor embedding) {
        return pass(x, () -> forward(x, embedding));
    }

    private Tensor forward(Tensor x, Tensor embedding) {
        Tensor first = silu(norm1.apply(x));
        Tensor shift = Frozen.through(embedding, told).reshape(-1, out, 1, 1);
        Tensor h = Frozen.through(first, conv1);
        spent(first);
        Tensor second = silu(norm2.apply(h.add_(shift.to(h.scalar_type()))));
        spent(h);
        Tensor skip = shortcut == null ? x : Frozen.through(x, shortcut);
        return Frozen.through(second, conv2).add_(skip);
    }

    private static Tensor silu(Tensor x) {
        return GradMode.is_enabled() ? torch.silu(x) : torch.silu_(x);
    }
}
