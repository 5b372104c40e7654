package io.inkstone.studio;

/** What is done first; work of one priority is done in the order in which it came. */
public enum Priority {
    /** Somebody waits and looks. */
    HIGH,
    NORMAL,
    /** Whenever nothing else is to be done. */
    LOW
}
