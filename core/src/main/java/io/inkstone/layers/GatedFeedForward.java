package io.inkstone.layers;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The feed-forward part of a transformer block whose middle is a gated GELU (GEGLU, Shazeer 2020, arXiv:2002.05202),
 * […, C] → the same shape: out(a·GELU(b)) with (a, b) = proj(x). Children net.0.proj (linear, C → 8·C) and net.2 (linear,
 * 4·C → C).
 */
public final class GatedFeedForward extends Unary {
    private static final int WIDER = 4;

    private final Linear proj;
    private final Linear out;

    public GatedFeedForward(Initializer init, int channels) {
        Numbered<Layer> net = child("net", new Numbered<>());
        proj = net.add(new Gate(init, channels)).proj;
        net.add(new Numbered<>()); // the published network's dropout, which has no parameters
        out = net.add(new Linear(init, WIDER * channels, channels));
    }

    private static final class Gate extends Layer {
        private final Linear proj;

        Gate(Initializer init, int channels) {
            proj = child("proj", new Linear(init, channels, 2 * WIDER * channels));
        }
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor both = Frozen.through(x, proj);
        long half = both.size(-1) / 2;
        Tensor value = both.narrow(-1, 0, half);
        Tensor gate = torch.gelu(both.narrow(-1, half, half));
        Tensor gated = GradMode.is_enabled() ? value.mul(gate) : gate.mul_(value);
        return Frozen.through(gated, out);
    }
}
