package io.inkstone.diffusion.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A {@code scheduler_config.json} as diffusers writes it. What it does not say takes the scheduler's default of diffusers 0.42.1.
 *
 * @param kind which scheduler
 * @param given what the file says, by field; only fields that the scheduler reads have an effect
 */
public record SchedulerConfig(SchedulerKind kind, Map<String, JsonNode> given) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // lambda_min_clipped is -Infinity in many files
            .build();

    /**
     * Fields of schedulers that are not drawn with here; a config that went through one of them still carries them, and no
     * scheduler of ours reads them. All that is passed over stands here, beside the fields of one's fellow schedulers.
     */
    private static final List<String> HARMLESS = List.of(
            "_class_name",
            "_diffusers_version",
            "_use_default_values",
            "clip_denoised",
            "use_sde",
            "noise_sampler_seed");

    public SchedulerConfig {
        given = Map.copyOf(given);
        requireKnown(kind, given);
        kind.make(new SchedulerFields(kind, given)); // what cannot be drawn with is refused while it is read
    }

    /** Reads the text of a {@code scheduler_config.json}. */
    public static SchedulerConfig parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json == null || !json.isObject() || !json.path("_class_name").isTextual()) {
                throw new InputException(
                        "scheduler_config.json names no scheduler (_class_name): give a folder that diffusers has saved.");
            }
            Map<String, JsonNode> given = new LinkedHashMap<>();
            json.properties().forEach(field -> given.put(field.getKey(), field.getValue()));
            return new SchedulerConfig(
                    SchedulerKind.named(json.get("_class_name").asText()), given);
        } catch (JsonProcessingException broken) {
            throw new InputException(
                    "scheduler_config.json is not JSON: "
                            + broken.getOriginalMessage().lines().findFirst().orElse("unreadable") + ".",
                    broken);
        }
    }

    /** As a network beside it is trained: along its table, the noise keeping what pictures lose. */
    public DiffusionProcess process() {
        Scheduler table = (kind == SchedulerKind.FLOW_EULER ? this : of(SchedulerKind.DDIM)).scheduler();
        return new DiffusionProcess(
                table.path(), table.levels(), table.target(), LossWeight.NONE, LevelDraw.uniform(table.levels()));
    }

    /** The way of drawing that it describes. */
    public Scheduler scheduler() {
        return kind.make(new SchedulerFields(kind, given));
    }

    /**
     * The same model drawn from by another sampler: another scheduler reads the same file, and what the file does not say takes
     * that scheduler's default. A sampler without a scheduler of its own is refused.
     */
    public SchedulerConfig with(SamplerChoice sampler) {
        if (kind == SchedulerKind.FLOW_EULER && sampler != SamplerChoice.EULER && sampler != SamplerChoice.DDIM) {
            throw new InputException(
                            "This model goes along the straight path, which its scheduler draws from by euler: leave out the sampler.")
                    .about("sampler");
        }
        return switch (sampler) {
            case DDPM -> of(SchedulerKind.DDPM);
            case DDPM_SMALL -> of(SchedulerKind.DDPM).saying("variance_type", TextNode.valueOf("fixed_small"));
            case DDPM_LARGE -> of(SchedulerKind.DDPM).saying("variance_type", TextNode.valueOf("fixed_large"));
            case DDIM, EULER ->
                kind == SchedulerKind.FLOW_EULER
                        ? this
                        : of(sampler == SamplerChoice.DDIM ? SchedulerKind.DDIM : SchedulerKind.EULER);
            case EULER_ANCESTRAL -> of(SchedulerKind.EULER_ANCESTRAL);
            case HEUN -> of(SchedulerKind.HEUN);
            case LMS -> of(SchedulerKind.LMS);
            case PLMS -> of(SchedulerKind.PNDM).saying("skip_prk_steps", BooleanNode.TRUE);
            case DPMPP_2M -> solver("dpmsolver++");
            case DPMPP_2M_SDE -> solver("sde-dpmsolver++");
            case UNIPC -> of(SchedulerKind.UNIPC).saying("solver_type", TextNode.valueOf("bh2"));
            case CONSISTENCY -> of(SchedulerKind.LCM);
            case DDPM_ZERO ->
                throw new InputException(
                                "No scheduler leaves out the noise that it should add back: choose another sampler.")
                        .about("sampler");
        };
    }

    private SchedulerConfig solver(String algorithm) {
        SchedulerConfig second = of(SchedulerKind.DPM_SOLVER)
                .saying("algorithm_type", TextNode.valueOf(algorithm))
                .saying("solver_order", IntNode.valueOf(2));
        return second.saying("solver_type", TextNode.valueOf("midpoint"));
    }

    /** The same along other levels: {@code karras} spreads the noise, the others space the timesteps. */
    public SchedulerConfig with(GridChoice grid) {
        return switch (grid) {
            case KARRAS -> requireField("use_karras_sigmas", grid).saying("use_karras_sigmas", BooleanNode.TRUE);
            case LEADING ->
                requireField("timestep_spacing", grid).saying("timestep_spacing", TextNode.valueOf("leading"));
            case UNIFORM, TRAILING ->
                requireField("timestep_spacing", grid).saying("timestep_spacing", TextNode.valueOf("trailing"));
            case QUADRATIC ->
                throw new InputException(
                                "No scheduler squares its timesteps: choose the grid trailing, leading or karras.")
                        .about("grid");
        };
    }

    private SchedulerConfig requireField(String field, GridChoice grid) {
        if (!kind.defaults().has(field)) {
            throw new InputException(Words.of(
                    "%s has no grid '%s' (%s): leave out the grid, or choose another sampler.",
                    kind.className(), grid.word(), field));
        }
        return this;
    }

    /**
     * As diffusers' Stable Diffusion pipeline takes it: offset 1 and no clipping of codes, which files of the first months do
     * not say.
     */
    public SchedulerConfig forStableDiffusion() {
        SchedulerConfig config = this;
        if (kind.defaults().has("steps_offset")) {
            config = config.saying("steps_offset", IntNode.valueOf(1));
        }
        return kind.defaults().has("clip_sample") ? config.saying("clip_sample", BooleanNode.FALSE) : config;
    }

    /** Fields of the file that its scheduler does not read, in order: fellow schedulers' and harmless ones. */
    public List<String> passedOver() {
        return new ArrayList<>(new TreeSet<>(given.keySet().stream()
                .filter(field -> !kind.defaults().has(field) && !HARMLESS.contains(field))
                .toList()));
    }

    private SchedulerConfig of(SchedulerKind other) {
        return new SchedulerConfig(other, given);
    }

    private SchedulerConfig saying(String field, JsonNode value) {
        Map<String, JsonNode> changed = new LinkedHashMap<>(given);
        changed.put(field, value);
        return new SchedulerConfig(kind, changed);
    }

    private static void requireKnown(SchedulerKind kind, Map<String, JsonNode> given) {
        TreeSet<String> known = new TreeSet<>(HARMLESS);
        Arrays.stream(SchedulerKind.values())
                .forEach(each -> each.defaults().fieldNames().forEachRemaining(known::add));
        given.forEach((field, value) -> {
            if (!known.contains(field) && !value.isNull()) {
                throw new InputException(Words.of(
                        "scheduler_config.json says %s %s, which no known scheduler reads and which may change pictures.%s Take it out, or set it to null, to draw without it.",
                        field, value, NearestName.suggestion(field, known)));
            }
        });
    }
}
