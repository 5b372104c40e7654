package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.tensor.MemoryShortage;
import io.inkstone.train.DivergenceException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** What is said of a command that could not be understood, or did not come to its end, and the exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Override
    public int handleParseException(ParameterException wrong, String[] words) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("inkstone: " + WrongWords.said(wrong));
        if (!(wrong.getCause() instanceof InputException)) {
            err.println("See: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return WRONG_USAGE;
    }

    /** Whether something failed because the user wanted to leave, and for no other reason. */
    private static boolean isInterruption(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof InterruptedWorkException
                    || each instanceof InterruptedException
                    || each instanceof ClosedByInterruptException) {
                return Interruption.requested();
            }
        }
        return false;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult words) {
        boolean asked = false;
        for (CommandLine.ParseResult each = words; each != null; each = each.subcommand()) {
            asked |= each.hasMatchedOption("--stacktrace");
        }
        boolean interrupted = isInterruption(failure);
        if (asked) {
            failure.printStackTrace(command.getErr());
        } else if (interrupted && !(failure.getCause() instanceof InterruptedException)) {
            command.getErr().println("inkstone: " + new InterruptedWorkException().getMessage());
        } else if (failure instanceof UncheckedIOException) {
            command.getErr()
                    .println("inkstone: " + failure.getCause().getMessage() + ". What was saved before is intact.");
        } else if (failure instanceof InputException wrong) {
            command.getErr().println("inkstone: " + OptionNames.said(wrong, command));
        } else if (failure instanceof DivergenceException) {
            command.getErr().println("inkstone: " + failure.getMessage());
        } else if (failure instanceof RuntimeException some
                && MemoryShortage.of(some).isPresent()) {
            command.getErr()
                    .println("inkstone: " + MemoryShortage.of(some).get().getMessage());
        } else {
            String reason = failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : failure.getMessage().lines().findFirst().orElse("");
            command.getErr().println("inkstone: " + reason + " (say --stacktrace to see where)");
        }
        return interrupted ? Interruption.EXIT : FAILED;
    }
}
