package io.inkstone.spark;

import io.inkstone.tensor.NativeLibrary;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Work of a task on a thread of its own. Spark ends tasks by interrupting their threads or by a mark alone; an interruption in
 * the middle of a read would close files that others read too, so it only asks the work to stop, and is waited out.
 */
final class TaskWork {
    private static final long LOOK_MILLISECONDS = 100;

    private TaskWork() {}

    /**
     * The result of {@code work}.
     *
     * @param context of the task
     * @param stop asks the work to end soon; called once, from the task's thread, where the task is to end
     * @throws TaskKilledException where the task was to end, once the work is over
     */
    static <T> T of(TaskContext context, Callable<T> work, Runnable stop) {
        NativeLibrary.load();
        FutureTask<T> future = new FutureTask<>(work);
        Thread thread = new Thread(future, "inkstone-task-" + context.taskAttemptId());
        thread.setDaemon(true);
        thread.start();
        boolean asked = false;
        while (true) {
            try {
                T result = future.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
                requireWanted(asked);
                return result;
            } catch (TimeoutException | InterruptedException notYet) {
                if (!asked && (context.isInterrupted() || notYet instanceof InterruptedException)) {
                    stop.run();
                    asked = true;
                }
            } catch (ExecutionException failed) {
                requireWanted(asked);
                throw thrown(failed.getCause());
            }
        }
    }

    /** The same of short work, which is waited for. */
    static <T> T of(TaskContext context, Callable<T> work) {
        return of(context, work, () -> {});
    }

    private static void requireWanted(boolean asked) {
        if (asked) {
            throw new TaskKilledException("cancelled; its work was ended in order");
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error broken) {
            throw broken;
        }
        return cause instanceof RuntimeException ours ? ours : new IllegalStateException(cause);
    }
}
