package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Documentation that cannot rot: links lead somewhere, and every command line names commands and options that exist. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href|srcset)=\"([^\"]+)\"");
    /** Commands that other modules bring; tested there. */
    private static final String OF_OTHER_MODULES = "serve";

    /** A line of its own, or a span, that begins with the launcher. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:^ *\\$? *|`)(?:\\./)?inkstone ([^`\\n]+)", Pattern.MULTILINE);

    /** The file of a picture, or a line that begins with the launcher, with those that continue it. */
    private static final Pattern SHOWN =
            Pattern.compile("^!\\[.*/([^/)]+)\\)$|^ {4}inkstone (?:.*\\\\\n)*.*$", Pattern.MULTILINE);

    private final CommandLine inkstone = Main.commandLine();

    @Test
    void linksLeadSomewhere() {
        Set<String> broken = new TreeSet<>();
        for (Path page : pages()) {
            String text = read(page).replaceAll("(?s)<!--.*?-->", "");
            LINK.matcher(text)
                    .results()
                    .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                    .filter(link -> !link.matches("https?:.*") && !leads(page, link))
                    .forEach(link -> broken.add(ROOT.relativize(page) + ": " + link));
        }
        assertThat(broken).as("Links that lead to no file or heading").isEmpty();
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target =
                parts[0].isEmpty() ? page : page.getParent().resolve(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || headings(read(target)).contains(parts[1]));
    }

    /** Anchors as GitHub makes them. */
    private static Set<String> headings(String markdown) {
        return markdown.lines()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceAll("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void chinesePagesHaveThePicturesAndCommandsOfTheirTwins() {
        Path chinese = ROOT.resolve("docs/zh-CN");
        List<Path> translated =
                pages().stream().filter(page -> page.startsWith(chinese)).toList();
        assertThat(translated).isNotEmpty();
        for (Path page : translated) {
            Path english = ROOT.resolve("docs").resolve(chinese.relativize(page));
            assertThat(shown(page))
                    .as("Pictures and commands of %s, in the order of its twin", ROOT.relativize(page))
                    .isEqualTo(shown(english));
        }
    }

    /** The pictures and the lines of commands of a page, in their order. */
    private static List<String> shown(Path page) {
        return SHOWN.matcher(read(page))
                .results()
                .map(found -> found.group(1) == null ? found.group() : found.group(1))
                .toList();
    }

    @Test
    void commandLinesNameWhatExists() {
        Set<String> wrong = new TreeSet<>();
        for (Path page : pages()) {
            COMMAND.matcher(read(page)).results().map(MatchResult::group).forEach(line -> {
                List<String> words =
                        List.of(line.replaceFirst(".*?inkstone ", "").strip().split("[\\s)]+"));
                CommandLine command = command(words);
                if (command == null && !words.get(0).matches("[A-Z]+|--help|--version|" + OF_OTHER_MODULES)) {
                    wrong.add(ROOT.relativize(page) + ": there is no command " + words.get(0));
                }
                words.stream()
                        .filter(word -> command != null && word.startsWith("--"))
                        .map(word -> word.replaceFirst("=.*", ""))
                        .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
                        .forEach(
                                option -> wrong.add(ROOT.relativize(page) + ": " + words.get(0) + " has no " + option));
            });
        }
        assertThat(wrong).as("Lines that name no command or option").isEmpty();
    }

    /** The command that a line calls, one below another where there are such; null if there is none. */
    private CommandLine command(List<String> words) {
        CommandLine command = inkstone.getSubcommands().get(words.get(0));
        CommandLine inner = command == null || words.size() < 2
                ? null
                : command.getSubcommands().get(words.get(1));
        return inner == null ? command : inner;
    }

    private static List<Path> pages() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> all = new ArrayList<>(docs.toList());
            for (String folder : List.of("", "gallery", "bench")) {
                try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                    all.addAll(files.toList());
                }
            }
            return all.stream().filter(file -> file.toString().endsWith(".md")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
