package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.WeightSource;
import io.inkstone.weights.lora.LoraFile;
import io.inkstone.weights.lora.LoraModules;
import io.inkstone.weights.lora.LowRank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Low-rank changes merged into an opened model, before it is drawn from. The files of the model stay as they are. */
public final class StableLoras {
    /**
     * One of them.
     *
     * @param file of the pairs
     * @param strength 1 as it was trained; negative takes it away
     */
    public record Choice(Path file, double strength) {
        /** {@code FILE} or {@code FILE=0.8}. */
        public static Choice parse(String words) {
            int equals = words.lastIndexOf('=');
            if (equals < 0 || Files.exists(Path.of(words))) {
                return new Choice(Path.of(words), 1);
            }
            try {
                return new Choice(Path.of(words.substring(0, equals)), Double.parseDouble(words.substring(equals + 1)));
            } catch (NumberFormatException noNumber) {
                throw new InputException(Words.of("A LoRA is said as FILE or FILE=0.8, got '%s'.", words), noNumber)
                        .about("lora");
            }
        }
    }

    private StableLoras() {}

    /**
     * Adds the changes of all files.
     *
     * @return what a person should know, a sentence each
     */
    public static List<String> merge(StableModel model, List<Choice> choices) {
        Map<String, Tensor> unet = model.unet().state();
        Map<String, Tensor> text = model.parts().text().state();
        LoraModules modules = new LoraModules(shapes(unet), shapes(text));
        List<String> notes = new ArrayList<>();
        for (Choice choice : choices) {
            if (!Files.isRegularFile(choice.file())) {
                throw new InputException(Words.of("There is no LoRA file %s.", choice.file())).about("lora");
            }
            try (WeightSource source = WeightSource.open(choice.file())) {
                LoraFile file = LoraFile.read(source, modules, choice.file());
                add(file.unet(), unet, choice.strength());
                add(file.textEncoder(), text, choice.strength());
                if (!file.warning().isEmpty()) {
                    notes.add(Words.of("%s: %s", choice.file(), file.warning()));
                }
            } catch (InputException wrong) {
                throw new InputException(Words.of("%s: %s", choice.file(), wrong.getMessage()), wrong).about("lora");
            } catch (IOException failure) {
                throw new InputException(
                        Words.of("%s cannot be read: %s", choice.file(), failure.getMessage()), failure);
            }
        }
        model.settle();
        model.parts().text().settle();
        return notes;
    }

    private static Map<String, long[]> shapes(Map<String, Tensor> tensors) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private static void add(Map<String, LowRank> pairs, Map<String, Tensor> weights, double strength)
            throws IOException {
        for (var pair : pairs.entrySet()) {
            pair.getValue().addTo(weights.get(pair.getKey() + ".weight"), strength);
        }
    }
}
