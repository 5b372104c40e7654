package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs a command line in this process, as a shell would see it. */
record Terminal(int exit, String out, String err) {
    /** Files of earlier tests are written over. */
    static Terminal run(Object... words) {
        String name = words.length == 0 ? "" : words[0].toString();
        CommandLine command = line(name).getSubcommands().get(name);
        if (command == null || command.getCommandSpec().findOption("--force") == null) {
            return plainly(words);
        }
        List<Object> forced = new ArrayList<>(List.of(words));
        forced.add(1, "--force");
        return plainly(forced.toArray());
    }

    /** As the words say and no more. */
    static Terminal plainly(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        CommandLine line = line(arguments);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = Main.execute(line, arguments);
        return new Terminal(exit, out.toString(), err.toString());
    }

    private static CommandLine line(String... words) {
        return Main.commandLine(Commands.of(words));
    }

    Terminal succeeded() {
        assertThat(exit).as(err).isZero();
        return this;
    }

    /** Failed with one message that has all of {@code parts}. */
    Terminal failed(int expected, String... parts) {
        assertThat(exit).as(out + err).isEqualTo(expected);
        assertThat(err).startsWith("inkstone: ").contains(parts).doesNotContain("Exception");
        return this;
    }

    /** Stdout as the one JSON object that it must be. */
    JsonNode json() {
        try {
            JsonNode all = new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(out);
            assertThat(all.isObject()).as(out + err).isTrue();
            return all;
        } catch (JsonProcessingException none) {
            throw new AssertionError(out + err, none);
        }
    }

    /** The last line of stdout. */
    String lastLine() {
        return out.lines().reduce((first, second) -> second).orElse("");
    }
}
