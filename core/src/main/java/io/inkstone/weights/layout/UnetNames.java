package io.inkstone.weights.layout;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The modules of Stable Diffusion's U-Net under the names of CompVis (counted through: {@code input_blocks.4.1}) and of
 * diffusers ({@code down_blocks.1.attentions.0}), in both directions. Names begin behind {@code model.diffusion_model.}.
 */
public final class UnetNames {
    private static final Pattern OPERATION = Pattern.compile("input_blocks\\.(\\d{1,3})\\.0\\.op\\.weight");
    private static final Pattern INPUT = Pattern.compile("input_blocks\\.(\\d{1,3})\\..*");
    private static final Pattern OUTPUT_ATTENTION =
            Pattern.compile("output_blocks\\.(\\d{1,3})\\.1\\.transformer_blocks\\..*");
    private static final Pattern DOWN = Pattern.compile("down_blocks\\.(\\d{1,3})\\.resnets\\.(\\d{1,3})\\..*");
    private static final Pattern UP_ATTENTION = Pattern.compile("up_blocks\\.(\\d{1,3})\\.attentions\\..*");
    private static final int MOST = 64;

    private final Map<String, String> toDiffusers = new HashMap<>();
    private final Map<String, String> toCompvis = new HashMap<>();

    /**
     * @param levels resolutions, at least 1
     * @param layers residual blocks of a level on the way down; one more on the way up
     * @param attending levels on the way up, from the smallest map, that hold attention: there the upsampler is counted one
     *     further
     */
    private UnetNames(int levels, int layers, Set<Integer> attending) {
        add("time_embed.0", "time_embedding.linear_1");
        add("time_embed.2", "time_embedding.linear_2");
        add("input_blocks.0.0", "conv_in");
        add("out.0", "conv_norm_out");
        add("out.2", "conv_out");
        for (int level = 0; level < levels; level++) {
            for (int i = 0; i < layers; i++) {
                String theirs = "input_blocks." + (1 + level * (layers + 1) + i);
                block(theirs + ".0", Words.of("down_blocks.%d.resnets.%d", level, i));
                add(theirs + ".1", Words.of("down_blocks.%d.attentions.%d", level, i));
            }
            add(
                    Words.of("input_blocks.%d.0.op", (level + 1) * (layers + 1)),
                    Words.of("down_blocks.%d.downsamplers.0.conv", level));
            for (int i = 0; i <= layers; i++) {
                String theirs = "output_blocks." + (level * (layers + 1) + i);
                block(theirs + ".0", Words.of("up_blocks.%d.resnets.%d", level, i));
                if (attending.contains(level)) {
                    add(theirs + ".1", Words.of("up_blocks.%d.attentions.%d", level, i));
                }
            }
            add(
                    Words.of(
                            "output_blocks.%d.%d.conv",
                            level * (layers + 1) + layers, attending.contains(level) ? 2 : 1),
                    Words.of("up_blocks.%d.upsamplers.0.conv", level));
        }
        block("middle_block.0", "mid_block.resnets.0");
        add("middle_block.1", "mid_block.attentions.0");
        block("middle_block.2", "mid_block.resnets.1");
    }

    private void block(String compvis, String diffusers) {
        add(compvis + ".in_layers.0", diffusers + ".norm1");
        add(compvis + ".in_layers.2", diffusers + ".conv1");
        add(compvis + ".emb_layers.1", diffusers + ".time_emb_proj");
        add(compvis + ".out_layers.0", diffusers + ".norm2");
        add(compvis + ".out_layers.3", diffusers + ".conv2");
        add(compvis + ".skip_connection", diffusers + ".conv_shortcut");
    }

    private void add(String compvis, String diffusers) {
        toDiffusers.put(compvis, diffusers);
        toCompvis.put(diffusers, compvis);
    }

    /** Reads the sizes that names depend on off the names themselves, of either layout. */
    public static UnetNames of(Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith("input_blocks."))
                ? ofCompvis(names)
                : ofDiffusers(names);
    }

    private static UnetNames ofCompvis(Set<String> names) {
        TreeSet<Integer> operations = numbers(names, OPERATION);
        TreeSet<Integer> inputs = numbers(names, INPUT);
        int layers = operations.isEmpty() ? inputs.last() : operations.first() - 1;
        int levels = operations.size() + 1;
        require(levels, layers);
        Set<Integer> attending = numbers(names, OUTPUT_ATTENTION).stream()
                .map(block -> block / (layers + 1))
                .collect(Collectors.toSet());
        return new UnetNames(levels, layers, attending);
    }

    private static UnetNames ofDiffusers(Set<String> names) {
        int levels = 0;
        int layers = 0;
        for (String name : names) {
            Matcher down = DOWN.matcher(name);
            if (down.matches()) {
                levels = Math.max(levels, 1 + Integer.parseInt(down.group(1)));
                layers = Math.max(layers, 1 + Integer.parseInt(down.group(2)));
            }
        }
        require(levels, layers);
        return new UnetNames(levels, layers, numbers(names, UP_ATTENTION));
    }

    private static void require(int levels, int layers) {
        if (levels < 1 || layers < 1 || levels > MOST || layers > MOST) {
            throw new InputException(Words.of(
                    "These are not the names of Stable Diffusion's U-Net: %d levels of %d blocks.", levels, layers));
        }
    }

    private static TreeSet<Integer> numbers(Set<String> names, Pattern pattern) {
        return names.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The name of a tensor in diffusers; itself if no module is known, so that a strict comparison names it. */
    public String diffusers(String compvis) {
        return translated(compvis, toDiffusers);
    }

    /** The name of a tensor in CompVis' layout; itself if no module is known. */
    public String compvis(String diffusers) {
        return translated(diffusers, toCompvis);
    }

    /** The longest known beginning is replaced: attention has the same names below in both. */
    private static String translated(String name, Map<String, String> modules) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String module = modules.get(name.substring(0, dot));
            if (module != null) {
                return module + name.substring(dot);
            }
        }
        return name;
    }
}
