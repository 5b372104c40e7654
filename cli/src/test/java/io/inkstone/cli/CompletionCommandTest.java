package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    private static final Pattern FUNCTION = Pattern.compile("(?ms)^function (_picocli_\\w+)\\(\\) \\{$(.*?)^}$");
    private static final Pattern ARRAY = Pattern.compile("(?m)^  local (\\w+_args)=\\(");

    @TempDir
    private Path folder;

    @BeforeEach
    void runs() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        for (String run : List.of("runs/cats", "runs/cat and dog", "sprites", "deep/a/b")) {
            Files.writeString(Files.createDirectories(folder.resolve(run)).resolve("recipe.yaml"), "");
        }
        Files.createDirectories(folder.resolve("runs/candid"));
        Files.createDirectories(folder.resolve("pictures"));
        Files.writeString(folder.resolve("model.safetensors"), "");
    }

    @Test
    void runsAreFoundWhereARunIsAsked() throws Exception {
        assertThat(offered("sample", ""))
                .containsExactlyInAnyOrder("runs/cats", "runs/cat and dog", "sprites", "deep", "pictures");
        assertThat(offered("sample", "runs/ca"))
                .containsExactlyInAnyOrder("runs/cats", "runs/cat and dog", "runs/candid");
        assertThat(offered("sample", "deep/")).containsExactly("deep/a/b");
        assertThat(offered("resume", "--json", "spr")).containsExactly("sprites");
        assertThat(offered("compare", "sprites", "runs/cats")).containsExactly("runs/cats");
        assertThat(offered("evaluate", "runs/cats")).containsExactly("runs/cats");
        assertThat(offered("train", "sprites", "--from", "runs/cats")).containsExactly("runs/cats");
        assertThat(offered("sample", "sprites", "--guide", "runs/cats")).containsExactly("runs/cats");
    }

    @Test
    void aRecipeOrARun() throws Exception {
        assertThat(offered("describe", "spr")).contains("sprites", "sprites-classifier");
        assertThat(offered("train", "sprites-c")).containsExactly("sprites-classifier");
    }

    @Test
    void elsewhereFilesAndWordsStay() throws Exception {
        assertThat(offered("sample", "mod")).containsExactly("model.safetensors");
        assertThat(offered("sample", "sprites", "--count", "")).isEmpty();
        assertThat(offered("sample", "sprites", "--out", "runs/cat"))
                .containsExactlyInAnyOrder("runs/cats", "runs/cat and dog");
        assertThat(offered("sample", "--sampler", "euler")).containsExactlyInAnyOrder("euler", "euler-ancestral");
        assertThat(offered("sample", "--grid", "k")).containsExactly("karras");
        assertThat(offered("sample", "--weights", "r")).containsExactly("raw");
    }

    /** The script has one array for a label: of two options with one label the first would complete the other's words. */
    @Test
    void noTwoOptionsOfACommandShareTheNameOfTheirWords() {
        Matcher function = FUNCTION.matcher(CompletionCommand.script(Main.commandLine()));
        int functions = 0;
        for (; function.find(); functions++) {
            Set<String> arrays = new HashSet<>();
            Matcher array = ARRAY.matcher(function.group(2));
            while (array.find()) {
                assertThat(arrays.add(array.group(1)))
                        .as(function.group(1) + " " + array.group(1))
                        .isTrue();
            }
        }
        assertThat(functions).isGreaterThan(20);
    }

    /** What bash would offer for the last word. */
    private List<String> offered(String... words) throws Exception {
        Path script = folder.resolve(".script");
        Files.writeString(
                script,
                CompletionCommand.script(Main.commandLine())
                        + """
                COMP_WORDS=(inkstone "$@")
                COMP_CWORD=$#
                _inkstone_runs
                if [ ${#COMPREPLY[@]} -gt 0 ]; then printf '%s\\n' "${COMPREPLY[@]}"; fi
                """);
        ProcessBuilder bash = new ProcessBuilder("/bin/bash", "--norc", script.toString());
        bash.command().addAll(Arrays.asList(words));
        Process process = bash.directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return lines.lines().filter(line -> !line.isEmpty()).toList();
    }
}
