package io.inkstone.models.conditional;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Numbered;
import io.inkstone.tensor.Shapes;
import io.inkstone.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The U-Net of Stable Diffusion (Rombach et al. 2022), and that of DDPM (Ho et al. 2020), which reads no text, [N, in, H, W]
 * → [N, out, H, W] for any sides:
 *
 * <pre>
 * e = SiLU(time_embedding(waves of t))                                     [N, 4·width]
 * conv_in
 * down_blocks.0, …   residual blocks, each with a transformer behind it that looks at the text; then a halving
 * mid_block          residual block, transformer, residual block
 * up_blocks.0, …     one block more, each over its map joined with the one of its mirror block; then a doubling
 * conv_out(SiLU(conv_norm_out(x)))
 * </pre>
 *
 * Parameters have the names of {@code UNet2DConditionModel} and {@code UNet2DModel}. Without texts a look of each map at itself
 * takes the place of every transformer. An odd side is halved to the larger half, and doubled to what
 * it was.
 */
public final class ConditionalUnet extends Layer {
    private final ConditionalShape shape;
    private final Conv2d in;
    private final TimeEmbedding time;
    private final Numbered<UnetStage> down;
    private final UnetStage middle;
    private final Numbered<UnetStage> up;
    private final GroupNorm norm;
    private final Conv2d out;

    public ConditionalUnet(Initializer init, ConditionalShape shape) {
        this.shape = shape;
        int width = shape.levels().get(0).width();
        in = child("conv_in", Conv2d.same(init, shape.in(), width));
        time = child("time_embedding", new TimeEmbedding(init, shape));
        down = child("down_blocks", new Numbered<>());
        Deque<Integer> skips = down(init);
        UnetLevelShape innermost = shape.innermost();
        middle = child("mid_block", new UnetStage(shape.form().middle()));
        middle.add(init, shape, innermost, innermost.width());
        middle.addPlain(init, shape, innermost.width());
        up = child("up_blocks", new Numbered<>());
        up(init, skips);
        norm = child("conv_norm_out", new GroupNorm(init, shape.groups(), width, shape.eps()));
        out = child("conv_out", Conv2d.same(init, width, shape.out()));
    }

    /** The channels of the maps that the way up joins, the last on top. */
    private Deque<Integer> down(Initializer init) {
        int last = shape.levels().size() - 1;
        int width = shape.levels().get(0).width();
        Deque<Integer> skips = new ArrayDeque<>();
        skips.push(width);
        for (int i = 0; i <= last; i++) {
            UnetLevelShape level = shape.levels().get(i);
            UnetStage stage = down.add(new UnetStage(level.attends()));
            for (int block = 0; block < level.blocks(); block++) {
                stage.add(init, shape, level, width);
                width = level.width();
                skips.push(width);
            }
            if (i < last) {
                stage.halve(init, shape, width);
                skips.push(width);
            }
        }
        return skips;
    }

    private void up(Initializer init, Deque<Integer> skips) {
        int width = shape.innermost().width();
        for (int i = shape.levels().size() - 1; i >= 0; i--) {
            UnetLevelShape level = shape.levels().get(i);
            UnetStage stage = up.add(new UnetStage(level.attendsUp()));
            for (int block = 0; block <= level.blocks(); block++) {
                stage.add(init, shape, level, width + skips.pop());
                width = level.width();
            }
            if (i > 0) {
                stage.twice(init, width);
            }
        }
    }

    public ConditionalShape shape() {
        return shape;
    }

    /**
     * The answer for noisy latents.
     *
     * @param noisy [N, in, H, W]
     * @param times in steps of the table that it learned with, from 0: N values, or one for all
     * @param prompt states [N, T, told] and more
     * @return [N, out, H, W]; may be bfloat16 inside a bfloat16 pass
     */
    public Tensor apply(Tensor noisy, Tensor times, Prompted prompt) {
        return apply(noisy, times, prompt, BlockPass.PLAIN);
    }

    /**
     * The same, with {@code blocks} deciding how blocks are passed: with a {@link io.inkstone.layers.Recomputation} it keeps
     * what goes into each. States must come from its own pass then, or want no gradient.
     */
    public Tensor apply(Tensor noisy, Tensor times, Prompted prompt, BlockPass blocks) {
        require(noisy, times, prompt);
        return pass(noisy, () -> new UnetPass(this, blocks).of(noisy, times, prompt));
    }

    private void require(Tensor noisy, Tensor times, Prompted prompt) {
        Shapes.require("U-Net latents", noisy, Shapes.ANY, shape.in(), Shapes.ANY, Shapes.ANY);
        if (shape.reads()) {
            int told = shape.innermost().told();
            Shapes.require("U-Net texts", prompt.states(), noisy.size(0), Shapes.ANY, told);
        }
        if (times.numel() != 1 && times.numel() != noisy.size(0)) {
            throw new InputException(Words.of("U-Net times: expected %d or 1, got %d.", noisy.size(0), times.numel()));
        }
    }

    /** What a pass that computes blocks twice keeps nothing of but what goes in. */
    public Set<Layer> blocks() {
        Set<Layer> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
        blocks.add(time);
        down.all().forEach(stage -> blocks.addAll(stage.blocks()));
        blocks.addAll(middle.blocks());
        up.all().forEach(stage -> blocks.addAll(stage.blocks()));
        return blocks;
    }

    Conv2d in() {
        return in;
    }

    TimeEmbedding time() {
        return time;
    }

    Numbered<UnetStage> down() {
        return down;
    }

    UnetStage middle() {
        return middle;
    }

    Numbered<UnetStage> up() {
        return up;
    }

    /** From the last map to the answer. */
    Tensor answer(Tensor x) {
        return Frozen.through(torch.silu(norm.apply(x)), out);
    }

    /** From the input to the first map. */
    Tensor first(Tensor noisy) {
        return Frozen.through(Tensors.channelsLast(noisy), in);
    }
}
