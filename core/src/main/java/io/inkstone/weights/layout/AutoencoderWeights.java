package io.inkstone.weights.layout;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Weights of a KL autoencoder under our numbered names, whatever names they came with.
 *
 * @param layout whose names the file used
 * @param sizes what the shapes say
 * @param weights under the numbered names; attention weights as [C, C]
 */
public record AutoencoderWeights(Layout layout, AutoencoderSizes sizes, WeightSet weights) {
    private static final String PREFIX = "first_stage_model.";
    private static final List<String> OWN = List.of("encoder.", "decoder.", "quant_conv.", "post_quant_conv.");

    private static final Pattern ATTENTION = Pattern.compile("(encoder\\.\\d+|decoder\\.2\\.1)\\.(q|k|v|out)\\.weight");
    private static final Pattern COMPVIS_LEVEL = Pattern.compile("encoder\\.down\\.(\\d{1,3})\\..*");
    private static final Pattern DIFFUSERS_LEVEL = Pattern.compile("encoder\\.down_blocks\\.(\\d{1,3})\\..*");
    private static final Pattern COMPVIS_BLOCK = Pattern.compile("encoder\\.down\\.0\\.block\\.(\\d{1,3})\\..*");
    private static final Pattern DIFFUSERS_BLOCK =
            Pattern.compile("encoder\\.down_blocks\\.0\\.resnets\\.(\\d{1,3})\\..*");
    private static final Pattern DOWN = Pattern.compile("encoder\\.\\d{1,3}\\.1\\.weight");

    /**
     * Recognises the layout by the names, takes away prefixes and foreign entries (both said in the notes) and renames.
     * Names that should belong to the autoencoder but are unknown stay, for the strict comparison to report.
     */
    public static AutoencoderWeights read(WeightSet set) {
        List<String> notes = new ArrayList<>(set.notes());
        Map<String, NdArray> own = own(set.tensors(), notes);
        Layout layout = layout(own.keySet());
        int levels = levels(layout, own.keySet());
        int blocks = blocks(layout, own.keySet(), levels);
        Map<String, String> names = AutoencoderNames.between(layout, Layout.INKSTONE, levels, blocks);
        Map<String, NdArray> renamed = new LinkedHashMap<>();
        own.forEach((name, tensor) -> {
            String ours = names.getOrDefault(name, name);
            if (renamed.put(ours, asLinear(ours, tensor)) != null) {
                throw new InputException("Two tensors of the file are " + ours + " under different names.");
            }
        });
        AutoencoderSizes sizes = AutoencoderSizes.of(renamed, levels, blocks);
        return new AutoencoderWeights(layout, sizes, new WeightSet(renamed, set.metadata(), notes));
    }

    /** Whether the names look like a KL autoencoder of any layout. */
    public static boolean recognises(WeightSet set) {
        try {
            layout(own(set.tensors(), new ArrayList<>()).keySet());
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    /** The same weights under the names of {@code target}, without prefix, attention weights shaped as there. */
    public WeightSet as(Layout target) {
        Map<String, String> names = AutoencoderNames.between(
                Layout.INKSTONE, target, sizes.multipliers().size(), sizes.blocks());
        Map<String, NdArray> renamed = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> {
            boolean widen = target.attentionIsConvolution() && isAttention(name) && tensor.shape().length == 2;
            NdArray shaped = widen ? tensor.reshape(tensor.shape()[0], tensor.shape()[1], 1, 1) : tensor;
            renamed.put(names.getOrDefault(name, name), shaped);
        });
        return new WeightSet(renamed, weights.metadata(), weights.notes());
    }

    private static boolean isAttention(String name) {
        return ATTENTION.matcher(name).matches();
    }

    private static NdArray asLinear(String name, NdArray tensor) {
        long[] shape = tensor.shape();
        boolean pointwise = shape.length == 4 && shape[2] == 1 && shape[3] == 1;
        return pointwise && isAttention(name) ? tensor.reshape(shape[0], shape[1]) : tensor;
    }

    private static Map<String, NdArray> own(Map<String, NdArray> tensors, List<String> notes) {
        String prefix = tensors.keySet().stream().anyMatch(name -> name.startsWith(PREFIX)) ? PREFIX : "";
        Map<String, NdArray> own = new LinkedHashMap<>();
        List<String> foreign = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
            if (OWN.stream().anyMatch(rest::startsWith)) {
                own.put(rest, tensor);
            } else {
                foreign.add(name);
            }
        });
        if (!foreign.isEmpty()) {
            String groups = foreign.stream()
                    .map(name -> name.substring(0, name.indexOf('.') + 1) + "*")
                    .distinct()
                    .limit(6)
                    .collect(Collectors.joining(", "));
            notes.add(Words.of(
                    "%d tensors do not belong to the autoencoder and were left out (%s).", foreign.size(), groups));
        }
        return own;
    }

    private static Layout layout(Set<String> names) {
        if (names.contains("encoder.down_blocks.0.resnets.0.norm1.weight")) {
            boolean old = names.contains("encoder.mid_block.attentions.0.query.weight");
            return old ? Layout.DIFFUSERS_OLD : Layout.DIFFUSERS;
        }
        if (names.contains("encoder.down.0.block.0.norm1.weight")) {
            return Layout.COMPVIS;
        }
        if (names.contains("encoder.1.s.0.weight")) {
            return Layout.INKSTONE;
        }
        throw new InputException(
                "These are not the weights of a KL autoencoder: none of encoder.1.s.0.weight (inkstone),"
                        + " encoder.down.0.block.0.norm1.weight (CompVis) and encoder.down_blocks.0.resnets.0.norm1.weight"
                        + " (diffusers) is among the names.");
    }

    private static int levels(Layout layout, Set<String> names) {
        int levels;
        if (layout == Layout.INKSTONE) {
            levels = 1
                    + (int) names.stream()
                            .filter(n -> DOWN.matcher(n).matches())
                            .count();
        } else {
            levels = 1 + highest(names, layout == Layout.COMPVIS ? COMPVIS_LEVEL : DIFFUSERS_LEVEL);
        }
        if (levels > AutoencoderNames.MAX_LEVELS) {
            throw new InputException(Words.of(
                    "The autoencoder has %d levels; at most %d can be read.", levels, AutoencoderNames.MAX_LEVELS));
        }
        return levels;
    }

    /** Of a level of the encoder; under our names the convolution after the first level's blocks tells. */
    private static int blocks(Layout layout, Set<String> names, int levels) {
        if (layout == Layout.INKSTONE) {
            int first = 1;
            while (first < AutoencoderNames.MAX_BLOCKS && !names.contains(Words.of("encoder.%d.1.weight", first))) {
                first++;
            }
            return levels == 1 ? AutoencoderNames.PUBLISHED_BLOCKS : first - 1;
        }
        int blocks = 1 + highest(names, layout == Layout.COMPVIS ? COMPVIS_BLOCK : DIFFUSERS_BLOCK);
        if (blocks > AutoencoderNames.MAX_BLOCKS) {
            throw new InputException(Words.of(
                    "The autoencoder has %d blocks a level; at most %d can be read.",
                    blocks, AutoencoderNames.MAX_BLOCKS));
        }
        return blocks;
    }

    private static int highest(Set<String> names, Pattern pattern) {
        return names.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToInt(m -> Integer.parseInt(m.group(1)))
                .max()
                .orElse(0);
    }
}
