package io.inkstone.studio;

import io.inkstone.InterruptedWorkException;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.studio.DrawTask.Portion;
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
    public void run() {
        List<Portion> wanted = portions.stream()
                .filter(portion -> portion.task().job().begin())
                .toList();
        try {
            draw(wanted);
        } catch (RuntimeException failure) {
            if (wanted.size() == 1) {
                throw failure;
            }
            apart(wanted); // so that it is the trouble of nobody but him whose it is
        }
    }

    private static void apart(List<Portion> portions) {
        for (Portion portion : portions) {
            try {
                draw(List.of(portion));
            } catch (RuntimeException failure) {
                portion.task().job().failed(failure);
            }
        }
    }

    private static void draw(List<Portion> portions) {
        List<Portion> wanted = portions.stream().filter(Portion::isWanted).toList();
        if (wanted.isEmpty()) {
            return;
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
            return;
        }
        int offset = 0;
        for (Portion portion : wanted) {
            if (portion.isWanted()) {
                portion.drawn(pictures.rows(offset, portion.size()));
            }
            offset += portion.size();
        }
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
