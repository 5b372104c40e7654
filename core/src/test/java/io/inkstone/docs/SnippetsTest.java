package io.inkstone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code in the documentation is code that the build compiles and runs. */
class SnippetsTest {
    private static final Path PAGE = Path.of("../docs/use-as-a-library.md");
    private static final Path SOURCE = Path.of("src/test/java/io/inkstone/examples/DrawFromARun.java");

    @Test
    void theLibraryPageShowsTheExample() throws IOException {
        String source = Files.readString(SOURCE);
        String example =
                between(source, "    // docs: begin\n", "    // docs: end\n").indent(-4);
        String imports = source.lines()
                .filter(line -> line.startsWith("import "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
        assertThat(Files.readString(PAGE)).contains("```java\n" + imports + "\n" + example + "```\n");
    }

    @Test
    void theSamplerPageShowsTheSource() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/inkstone/diffusion/sampler/HeunSampler.java"));
        assertThat(Files.readString(Path.of("../docs/add-a-sampler.md")))
                .contains("```java\n" + source.substring(source.indexOf("/**\n")) + "```\n");
    }

    @Test
    void recipesOfTheRecipePageAreRead(@TempDir Path folder) throws IOException {
        List<String> recipes = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/recipes.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(recipes).anyMatch(recipe -> recipe.startsWith("from: "));
        for (String recipe : recipes) {
            String file =
                    Files.writeString(folder.resolve("recipe.yaml"), recipe).toString();
            if (Recipes.steps(file).isEmpty()) {
                Recipes.load(file, List.of());
            } else {
                Recipes.steps(file).forEach(step -> Recipes.load(step.recipe(), step.set()));
            }
        }
    }

    private static String between(String text, String begin, String end) {
        assertThat(text).contains(begin, end);
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }
}
