package io.inkstone.weights.layout;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.StoredTensor;
import io.inkstone.weights.WeightSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A single file in CompVis' layout: U-Net, first stage and text encoder under their prefixes. Each part is handed out under
 * the names of diffusers' and transformers' folders; nothing is read until a network asks for it.
 *
 * @param source the open file
 * @param facts what its keys and shapes say
 */
public record StableDiffusionFile(WeightSource source, Facts facts) {
    private static final String UNET = "model.diffusion_model.";
    private static final String AVERAGE = "model_ema.";
    private static final String VAE = "first_stage_model.";
    private static final String CLIP = "cond_stage_model.transformer.";
    private static final String OPEN_CLIP = "cond_stage_model.model.";
    private static final String FIRST = UNET + "input_blocks.0.0.weight";
    private static final String CONTEXT = UNET + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight";
    private static final Pattern VAE_LEVEL = Pattern.compile("encoder\\.down\\.(\\d{1,2})\\..*");
    private static final Pattern VAE_ATTENTION =
            Pattern.compile("(en|de)coder\\.mid\\.attn_1\\.(q|k|v|proj_out)\\.weight");

    /** Which generation of Stable Diffusion; what its text encoder is follows. */
    public enum Version {
        /** CLIP ViT-L/14: context of 768. */
        ONE,
        /** OpenCLIP ViT-H/14, all but its last layer: context of 1024. */
        TWO
    }

    /** What the U-Net's output is. No key or shape tells it. */
    public enum Prediction {
        EPSILON,
        V
    }

    /**
     * What a file says about itself.
     *
     * @param channels that the U-Net takes: 4, or 9 for inpainting
     * @param prediction where anything says it: the metadata ({@code modelspec.prediction_type}), a tensor {@code v_pred}, or
     *     the version (1.x is epsilon); empty for a bare 2.x, of which both kinds exist
     * @param average whether averaged weights of the U-Net lie beside the trained ones
     */
    public record Facts(Version version, int channels, Optional<Prediction> prediction, boolean average) {
        /** Whether it fills in masked parts: latents, mask and the masked picture's latents come in. */
        public boolean inpaints() {
            return channels == 9;
        }
    }

    /** Whether names are those of a single file of this or a related family. */
    public static boolean recognises(Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(UNET))
                || notYet(names).isPresent();
    }

    /** Families that are known by their keys and cannot be opened. */
    public static Optional<String> notYet(Set<String> names) {
        for (String name : names) {
            String own = name.startsWith(UNET) ? name.substring(UNET.length()) : name;
            if (own.startsWith("label_emb.0.0") || name.startsWith("conditioner.embedders.")) {
                return Optional.of("Stable Diffusion XL");
            }
            if (own.startsWith("joint_blocks.0.")) {
                return Optional.of("Stable Diffusion 3");
            }
            if (own.startsWith("double_blocks.0.")) {
                return Optional.of("FLUX");
            }
        }
        return Optional.empty();
    }

    /** Reads off the keys what the file is; refuses what is known and not yet drawn from, by its name. */
    public static StableDiffusionFile of(WeightSource source) {
        Map<String, StoredTensor> tensors = source.tensors();
        notYet(tensors.keySet()).ifPresent(family -> {
            throw new InputException(Words.of(
                    "The file is of %s, which cannot be drawn from yet; Stable Diffusion 1.x and 2.x can.", family));
        });
        StoredTensor first = tensors.get(FIRST);
        StoredTensor context = tensors.get(CONTEXT);
        if (first == null || context == null) {
            throw new InputException(Words.of(
                    "The file is no Stable Diffusion model in one file: it lacks %s.",
                    first == null ? FIRST : CONTEXT));
        }
        int channels = (int) first.shape()[1];
        int width = (int) context.shape()[1];
        boolean open = tensors.keySet().stream().anyMatch(name -> name.startsWith(OPEN_CLIP));
        requireKnown(channels);
        // the published widths, and below them tiny models, told apart by their encoder
        Version version = width == 1024 || (open && width != 768) ? Version.TWO : Version.ONE;
        boolean average = tensors.keySet().stream().anyMatch(name -> name.startsWith(AVERAGE + "diffusion_model"));
        return new StableDiffusionFile(source, new Facts(version, channels, prediction(source, version), average));
    }

    private static void requireKnown(int channels) {
        if (channels != 4 && channels != 9) {
            String kind = channels == 5 ? " (depth to image)" : channels == 8 ? " (edits by instruction)" : "";
            throw new InputException(Words.of(
                    "The U-Net takes %d channels%s; models of 4 and, for inpainting, 9 can be opened.",
                    channels, kind));
        }
    }

    private static Optional<Prediction> prediction(WeightSource source, Version version) {
        String said = source.metadata().getOrDefault("modelspec.prediction_type", "");
        if (said.startsWith("v") || source.tensors().containsKey("v_pred")) {
            return Optional.of(Prediction.V);
        }
        return said.startsWith("eps") || version == Version.ONE ? Optional.of(Prediction.EPSILON) : Optional.empty();
    }

    /** The U-Net under diffusers' names. */
    public WeightSource unet(NamePrefixes.Which which) {
        boolean averaged = which == NamePrefixes.Which.AVERAGE;
        if (averaged && !facts.average()) {
            throw new InputException("The file holds no averaged U-Net (model_ema.): take the trained one.")
                    .about("fromAverage");
        }
        Map<String, StoredTensor> theirs = below(UNET);
        UnetNames names = UnetNames.of(theirs.keySet());
        Map<String, StoredTensor> own = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        theirs.forEach((name, tensor) -> {
            // averages are stored under the name without its dots
            String key = AVERAGE + ("diffusion_model." + name).replace(".", "");
            StoredTensor average = averaged ? source.tensors().get(key) : tensor;
            if (average == null) {
                throw new InputException("The averaged U-Net lacks " + key + ".");
            }
            own.put(names.diffusers(name), average);
        });
        if (facts.average() && !averaged) {
            notes.add("The file also holds an averaged U-Net (model_ema.): an import can take that instead.");
        }
        return source.view(own, notes);
    }

    /** The first stage under diffusers' names, attention as linear layers. */
    public WeightSource vae() {
        Map<String, StoredTensor> theirs = below(VAE);
        int levels = 1
                + theirs.keySet().stream()
                        .map(VAE_LEVEL::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                        .max()
                        .orElseThrow(() -> lacks("first stage", VAE));
        Map<String, String> names = AutoencoderNames.between(
                Layout.COMPVIS, Layout.DIFFUSERS, Math.min(levels, AutoencoderNames.MAX_LEVELS));
        Map<String, StoredTensor> own = new LinkedHashMap<>();
        theirs.forEach((name, tensor) -> {
            if (!name.startsWith("loss.") && !name.startsWith("model_ema.")) {
                long[] shape = tensor.shape();
                boolean wide = VAE_ATTENTION.matcher(name).matches() && shape.length == 4;
                own.put(names.getOrDefault(name, name), wide ? tensor.reshape(shape[0], shape[1]) : tensor);
            }
        });
        return source.view(own, List.of());
    }

    /** The text encoder under transformers' names, with {@code text_model.} before each. */
    public WeightSource textEncoder() {
        Map<String, StoredTensor> clip = below(CLIP);
        if (!clip.isEmpty()) {
            return source.view(TextEncoderNames.spelled(clip, true), List.of());
        }
        Map<String, StoredTensor> open = below(OPEN_CLIP);
        if (open.isEmpty()) {
            throw lacks("text encoder", CLIP);
        }
        int layers = TextEncoderNames.openClipLayers(open.keySet());
        List<String> left = new ArrayList<>();
        Map<String, StoredTensor> own = TextEncoderNames.fromOpenClip(open, Math.max(1, layers - 1), left);
        return source.view(
                TextEncoderNames.spelled(own, true),
                List.of(Words.of(
                        "The text encoder's last of %d layers is left out, as Stable Diffusion 2 draws from the one before (%d tensors).",
                        layers, left.size())));
    }

    /** What the file holds beside the three parts, as a sentence; empty if nothing. */
    public Optional<String> beside() {
        Map<String, Integer> groups = new TreeMap<>();
        int count = 0;
        for (String name : source.tensors().keySet()) {
            if (List.of(UNET, VAE, CLIP, OPEN_CLIP).stream().noneMatch(name::startsWith)) {
                int dot = name.indexOf('.');
                groups.merge(dot < 0 ? name : name.substring(0, dot + 1) + "*", 1, Integer::sum);
                count++;
            }
        }
        String listed = groups.entrySet().stream()
                .limit(6)
                .map(group -> group.getKey() + (group.getValue() > 1 ? " " + group.getValue() : ""))
                .collect(Collectors.joining(", "));
        return count == 0
                ? Optional.empty()
                : Optional.of(Words.of(
                        "%d tensors beside U-Net, first stage and text encoder are left out (%s%s).",
                        count, listed, groups.size() > 6 ? ", …" : ""));
    }

    private Map<String, StoredTensor> below(String prefix) {
        Map<String, StoredTensor> part = new LinkedHashMap<>();
        source.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    private static InputException lacks(String part, String prefix) {
        return new InputException(Words.of("The file holds no %s (%s*).", part, prefix));
    }
}
