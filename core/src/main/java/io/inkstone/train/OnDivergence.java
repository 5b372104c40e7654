package io.inkstone.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a loss, or a gradient, is no number. */
public enum OnDivergence {
    /** Training ends with a sentence. */
    @JsonProperty("stop")
    STOP,
    /** The step of the phase in which it happened is left out: weights, running statistics and moments stay. */
    @JsonProperty("skip")
    SKIP
}
