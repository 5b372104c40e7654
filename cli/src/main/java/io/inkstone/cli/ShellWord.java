package io.inkstone.cli;

/** Words on a line that a person may call as it stands. */
final class ShellWord {
    private ShellWord() {}

    /** As it is where no shell reads anything into it, else between single quotes. */
    static String quoted(Object word) {
        String text = word.toString();
        return text.matches("[\\p{L}\\p{N}_./,:=+@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
