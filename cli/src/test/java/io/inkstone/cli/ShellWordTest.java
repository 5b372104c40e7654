package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShellWordTest {
    /** As a shell would take it apart. */
    @Test
    void wordsOfALineAreQuotedWhereAShellReadsThem() {
        assertThat(ShellWord.quoted("hat=0.7,glasses=0.3")).isEqualTo("hat=0.7,glasses=0.3");
        assertThat(ShellWord.quoted(Path.of("my runs/it's $HOME"))).isEqualTo("'my runs/it'\\''s $HOME'");
        assertThat(ShellWord.quoted("")).isEqualTo("''");
    }
}
