package io.inkstone.weights.lora;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.StoredTensor;
import io.inkstone.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A LoRA file against the modules of a model. Scales are each module's own: its alpha ÷ its rank, the adapter's metadata
 * where diffusers or peft wrote it, 1 where nothing is said.
 *
 * @param unet changes by the names of modules (a weight's name without {@code .weight})
 * @param textEncoder the same
 * @param unknown keys that fit no module or no spelling, in the file's order
 */
public record LoraFile(Map<String, LowRank> unet, Map<String, LowRank> textEncoder, List<String> unknown) {
    private static final int LISTED = 12;

    /** The halves of one module, as they are found. */
    private static final class Halves {
        private StoredTensor down;
        private StoredTensor up;
        private StoredTensor alpha;
        private final List<String> keys = new ArrayList<>();
    }

    /**
     * Reads a file. Only shapes are read, and the single numbers that alphas are.
     *
     * @param source holds the pairs as long as they are used
     * @param modules what may be changed
     */
    public static LoraFile read(WeightSource source, LoraModules modules) throws IOException {
        return read(source, modules, AdapterMetadata.of(source.metadata()));
    }

    /**
     * The same of a file on the disk: of those that peft wrote, {@code adapter_model.…}, alphas stand in the
     * {@code adapter_config.json} beside them.
     */
    public static LoraFile read(WeightSource source, LoraModules modules, Path file) throws IOException {
        return read(source, modules, AdapterMetadata.of(source.metadata(), file));
    }

    private static LoraFile read(WeightSource source, LoraModules modules, AdapterMetadata metadata)
            throws IOException {
        Map<LoraKey.Target, Halves> found = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (var named : source.tensors().entrySet()) {
            LoraKey key = LoraKey.parse(named.getKey(), modules);
            if (key == null) {
                unknown.add(named.getKey());
                continue;
            }
            Halves halves = found.computeIfAbsent(key.target(), none -> new Halves());
            halves.keys.add(named.getKey());
            switch (key.half()) {
                case DOWN -> halves.down = once(halves.down, named.getValue(), named.getKey());
                case UP -> halves.up = once(halves.up, named.getValue(), named.getKey());
                case ALPHA -> halves.alpha = once(halves.alpha, named.getValue(), named.getKey());
            }
        }
        Map<String, LowRank> unet = new TreeMap<>();
        Map<String, LowRank> text = new TreeMap<>();
        for (var entry : found.entrySet()) {
            LoraKey.Target target = entry.getKey();
            Halves halves = entry.getValue();
            if (halves.down == null || halves.up == null) {
                unknown.addAll(halves.keys);
                continue;
            }
            LowRank pair = new LowRank(halves.down, halves.up, scale(halves, target, metadata));
            modules.shape(target).ifPresent(pair::requireFits);
            (target.part() == LoraModules.Part.UNET ? unet : text).put(target.module(), pair);
        }
        if (unet.isEmpty() && text.isEmpty()) {
            throw new InputException(
                    Words.of("The file holds no low-rank pair that fits this model. %s", listed(unknown)));
        }
        return new LoraFile(unet, text, List.copyOf(unknown));
    }

    /**
     * What the header of a file of pairs for the U-Net says of them, as diffusers writes and reads it.
     *
     * @param modules that have pairs, by the ends of their names
     */
    public static Map<String, String> header(int rank, double alpha, List<String> modules) {
        return AdapterMetadata.ofUnet(rank, alpha, modules);
    }

    private static StoredTensor once(StoredTensor before, StoredTensor now, String key) {
        if (before != null) {
            throw new InputException(Words.of("The file holds %s beside another spelling of the same.", key));
        }
        return now;
    }

    private static double scale(Halves halves, LoraKey.Target target, AdapterMetadata metadata) throws IOException {
        long rank = halves.down.shape().length == 0 ? 1 : halves.down.shape()[0];
        if (halves.alpha == null) {
            return metadata.scale(target, rank);
        }
        if (halves.alpha.count() != 1) {
            throw new InputException(Words.of("The alpha of %s is no single number.", target.module()));
        }
        return halves.alpha.array().toDoubles()[0] / rank;
    }

    /** What fits nothing, as a sentence; empty if everything fits. */
    public String warning() {
        return unknown.isEmpty()
                ? ""
                : Words.of("%d of its tensors fit nothing and are left out. %s", unknown.size(), listed(unknown));
    }

    private static String listed(List<String> keys) {
        String more = keys.size() > LISTED ? ", and " + (keys.size() - LISTED) + " more" : "";
        return keys.isEmpty()
                ? "It holds no tensors."
                : Words.of("They are: %s%s.", String.join(", ", keys.subList(0, Math.min(LISTED, keys.size()))), more);
    }
}
