package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What training minimises, by the names that recipes use. */
public enum ObjectiveChoice {
    /** Telling noise from pictures, {@link DiffusionObjective}. */
    @JsonProperty("denoising")
    DENOISING,
    /** Answering at once where the whole way leads, {@link ConsistencyObjective}; for networks that tell noise already. */
    @JsonProperty("consistency")
    CONSISTENCY
}
