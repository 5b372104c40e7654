package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a message of the library becomes where options are what can be changed. */
class OptionNamesTest {
    private static final CommandLine ALL = Main.commandLine();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train  | Wrong side.       | data.size=32       | Wrong side (--set data.size=32).",
                "train  | Say which.        | model.prediction   | Say which (--set model.prediction=…).",
                "train  | Say which.        | firstStage=RUN     | Say which (--first-stage RUN).",
                "sample | Too weak.         | guidanceRescale    | Too weak (--guidance-rescale).",
                "sample | Choose --steps 3. | steps              | Choose --steps 3.",
                "sample | No such key.      | data.size=32       | No such key.",
                "sample | No such key.      | nobodysKey         | No such key.",
                "resume | Nothing to go on. | from=runs/a        | Nothing to go on (inkstone train --from runs/a).",
                "train  | It is broken.     | checkpoint         | It is broken (inkstone resume --checkpoint).",
            })
    void aKeyIsNamedAsTheCommandTakesIt(String command, String message, String change, String said) {
        assertThat(said(command, new InputException(message).about(change))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"'Two are broken:\n  a.png',out,'Two are broken (--out):\n  a.png'"})
    void aListStaysBelowItsSentence(String message, String change, String said) {
        assertThat(said("train", new InputException(message).about(change))).isEqualTo(said);
    }

    private static String said(String command, InputException wrong) {
        return OptionNames.said(wrong, ALL.getSubcommands().get(command));
    }
}
