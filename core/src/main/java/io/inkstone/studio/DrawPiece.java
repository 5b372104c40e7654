package io.inkstone.studio;

import io.inkstone.InterruptedWorkException;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.studio.DrawTask.Portion;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One batch: pictures of one or more jobs, each with its own seed and condition. What becomes of one job changes no picture
 * of another beyond rounding.
 */
final class DrawPiece implements Task.Piece {
    private final List<Portion> portions;

    DrawPiece(List<Portion> portions) {
        this.portions = List.copyOf(portions);
    }

    /** Pictures in it. */
    int size() {
        return portions.stream().mapToInt(Portion::size).sum();
    }

    @Override
    public List<Job<?>> jobs() {
        return portions.stream().<Job<?>>map(portion -> portion.task().job()).toList();
    }

    @Override
    public boolean interruptible() {
        return false;
    }

    @Override
    public List<Runnable> work() {
        List<Portion> wanted = portions.stream()
                .filter(portion -> portion.task().job().begin())
                .toList();
        try {
            return draw(wanted);
        } catch (RuntimeException failure) {
            if (wanted.size() == 1) {
                throw failure;
            }
            return apart(wanted); // so that it is the trouble of nobody but him whose it is
        }
    }

    private static List<Runnable> apart(List<Portion> portions) {
        List<Runnable> done = new ArrayList<>();
        for (Portion portion : portions) {
            try {
                done.addAll(draw(List.of(portion)));
            } catch (RuntimeException failure) {
                done.add(() -> portion.task().job().failed(failure));
            }
        }
        return done;
    }

    private static List<Runnable> draw(List<Portion> portions) {
        List<Portion> wanted = portions.stream().filter(Portion::isWanted).toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        DrawTask<?> first = wanted.get(0).task();
        GenerationRequest joint =
                GenerationRequest.joined(wanted.stream().map(Portion::request).toList());
        Generation generation = new Generation(
                first.model(),
                first.run().key().device(),
                first.asked().precision(),
                first.asked().batch());
        NdArray pictures;
        try {
            pictures = generation.pictures(
                    joint.withListener((step, level, noisy) -> stepped(wanted, step, level, noisy)));
        } catch (InterruptedWorkException nobodyWaits) {
            return List.of();
        }
        List<Runnable> done = new ArrayList<>();
        int offset = 0;
        for (Portion portion : wanted) {
            if (portion.isWanted()) {
                portion.drawn(pictures.rows(offset, portion.size())).ifPresent(done::add);
            }
            offset += portion.size();
        }
        return done;
    }

    private static void stepped(List<Portion> portions, int step, Level level, Tensor noisy) {
        if (portions.stream().noneMatch(Portion::isWanted)) {
            throw new InterruptedWorkException();
        }
        int offset = 0;
        for (Portion portion : portions) {
            if (portion.isWanted()) {
                try {
                    portion.stepped(step, level, noisy, offset);
                } catch (RuntimeException ofItsListener) {
                    portion.task().job().failed(ofItsListener);
                }
            }
            offset += portion.size();
        }
    }
}
