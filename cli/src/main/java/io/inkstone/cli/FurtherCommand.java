package io.inkstone.cli;

/**
 * A command that another module brings along, found by {@link java.util.ServiceLoader}: a class with picocli's
 * {@code @Command}. So this module knows nothing of what it needs.
 */
public interface FurtherCommand extends Runnable {}
