package io.inkstone.run;

import io.inkstone.tensor.Neighbours;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;

/** Says once a session that other programs slow the steps down more than they need to. */
final class OthersAtWork implements Listener {
    private static final String SENTENCE =
            "Other programs use these processors, and the steps of this training wait for them: its bfloat16 kernels spin until the last thread has come. "
                    + "One thread (OMP_NUM_THREADS=1, then go on) is faster beside them, up to several times; it changes the last digits of what is learned.";

    private boolean said;

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        if (!said && Neighbours.slowSteps()) {
            said = true;
            trainer.note(SENTENCE);
        }
    }
}
