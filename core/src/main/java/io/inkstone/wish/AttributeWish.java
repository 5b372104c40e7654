package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.measure.AttributeVectors;
import io.inkstone.models.code.Coding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attributes added to the codes of pictures, for VAEs: the mean code of pictures that have one minus that of those that have
 * not.
 *
 * @param images files, folders or one array
 * @param add how much of each attribute; negative takes it away
 * @param data labelled pictures; empty for what the run was trained on
 */
public record AttributeWish(List<String> images, Map<String, Double> add, Optional<String> data) implements Wish {
    public AttributeWish {
        images = List.copyOf(images);
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        if (!add.values().stream().allMatch(Double::isFinite)) {
            throw new InputException(Words.of("Attributes are added by numbers, such as 1.5 of Smiling, got %s.", add))
                    .about("add");
        }
    }

    @Override
    public Kind kind() {
        return Kind.EDIT;
    }

    /**
     * What became of pictures, each [N, C, H, W].
     *
     * @param edited with the attributes
     * @param reconstruction the same way without them
     */
    public record Edited(NdArray edited, NdArray reconstruction) {}

    /** @param pictures [N, C, H, W] in the model's range */
    public Edited on(Workbench bench, NdArray pictures) {
        Coding coding = bench.coding();
        if (!bench.saved().model().classes().isEmpty()) {
            throw new InputException(
                            "This model takes its attributes as labels: use 'sample' with a context, not 'edit'.")
                    .about("context");
        }
        String source = data.orElse(bench.saved().recipe().data().source());
        AttributeVectors vectors = AttributeVectors.of(source, bench.saved(), coding, add.keySet());
        NdArray codes = coding.means(pictures, List.of());
        return new Edited(coding.decode(vectors.add(codes, add), List.of()), coding.decode(codes, List.of()));
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        data.ifPresent(files::add);
        return files;
    }

    static AttributeWish read(Fields fields) {
        return new AttributeWish(fields.list("images"), fields.numbers("add"), fields.words("data"));
    }

    @Override
    public void write(ObjectNode json) {
        ObjectNode amounts = json.putObject("add");
        add.forEach(amounts::put);
        data.ifPresent(path -> json.put("data", path));
        Required.write(json, "images", images);
    }
}
