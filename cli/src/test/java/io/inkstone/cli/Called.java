package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** One call of the command line inside the test's JVM. */
record Called(int code, String out, String err) {
    /** Words may be paths; each becomes one argument. */
    static Called with(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
        return new Called(code, out.toString(), err.toString());
    }

    Called succeeded() {
        assertThat(code).as(err).isZero();
        return this;
    }

    /** Failed with one message. */
    Called failed(int expected, String... parts) {
        assertThat(code).as(out + err).isEqualTo(expected);
        assertThat(err).startsWith("inkstone: ").contains(parts).doesNotContain("Exception");
        return this;
    }

    /** The last line of stdout. */
    String last() {
        return out.lines().reduce((first, second) -> second).orElse("");
    }
}
