package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of codes.
 *
 * @param latents the file of an array [N, latent] or [N, c, h, w]
 * @param scaled whether the codes were multiplied by the run's latent scale
 * @param asked what the pictures show, for models that were told it
 */
public record DecodeWish(String latents, boolean scaled, Asked asked) implements Wish {
    @Override
    public Kind kind() {
        return Kind.DECODE;
    }

    /** Of the file that it names. */
    public NdArray on(Workbench bench) {
        return on(bench, ArrayFiles.read(latents));
    }

    /** @param codes one a row */
    public NdArray on(Workbench bench, NdArray codes) {
        NdArray plain = codes.scaled(scaled ? 1 / bench.saved().latentScale() : 1);
        int count = (int) codes.shape()[0];
        return bench.coding().decode(plain, asked.conditions(bench.saved().model(), count));
    }

    @Override
    public List<String> files() {
        List<String> files = new ArrayList<>(asked.files());
        files.add(latents);
        return files;
    }

    static DecodeWish read(Fields fields) {
        return new DecodeWish(
                Required.words(fields, "latents"), fields.flag("scaled").orElse(false), AskedKeys.ASKED.read(fields));
    }

    @Override
    public void write(ObjectNode json) {
        json.put("latents", latents);
        json.put("scaled", scaled);
        asked.write(json, AskedKeys.ASKED);
    }
}
