package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures through the means of their codes and back.
 *
 * @param images files, folders or one array
 * @param asked what the pictures show, for models that were told it
 */
public record ReconstructWish(List<String> images, Asked asked) implements Wish {
    public ReconstructWish {
        images = List.copyOf(images);
    }

    @Override
    public Kind kind() {
        return Kind.RECONSTRUCT;
    }

    /** @param pictures [N, C, H, W] in the model's range */
    public NdArray on(Workbench bench, NdArray pictures) {
        int count = (int) pictures.shape()[0];
        return bench.coding()
                .reconstruct(pictures, asked.conditions(bench.saved().model(), count));
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(images);
        files.addAll(asked.files());
        return files;
    }

    static ReconstructWish read(Fields fields) {
        return new ReconstructWish(fields.list("images"), AskedKeys.ASKED.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        Required.write(json, "images", images);
        asked.write(json, AskedKeys.ASKED);
    }
}
