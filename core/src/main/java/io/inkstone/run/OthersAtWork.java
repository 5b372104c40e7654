package io.inkstone.run;

import io.inkstone.Words;
import io.inkstone.tensor.AdaptedThreads;
import io.inkstone.tensor.Neighbours;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;

/**
 * Says once a session that other programs slow the steps down more than they need to; where threads adapt themselves, each
 * time that their number changed, since the bytes depend on it.
 */
final class OthersAtWork implements Listener {
    private static final String SENTENCE =
            "Other programs use these processors, and the steps of this training wait for them: its bfloat16 kernels spin until the last thread has come. "
                    + "Fewer threads (INKSTONE_THREADS=adaptive, then go on) are faster beside them, up to several times; it changes the last digits of what is learned.";

    private boolean said;
    private int threads = AdaptedThreads.most();

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        if (!AdaptedThreads.inForce()) {
            sayOnce(trainer);
        } else if (threads != AdaptedThreads.fitting()) {
            threads = AdaptedThreads.fitting();
            trainer.note(Words.of(
                    "Threads from about step %d on: %d. (Other programs use %.1f of these processors.)",
                    report.position().step() + 1, threads, AdaptedThreads.usedByOthers()));
        }
    }

    private void sayOnce(Trainer trainer) {
        if (!said && Neighbours.slowSteps()) {
            said = true;
            trainer.note(SENTENCE);
        }
    }
}
