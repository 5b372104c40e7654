package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a model that removes noise draws while it edits, for which classes and from which seeds. Its JSON is that of a wish. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class DrawingOptions {
    @JsonIgnore
    @Spec(Spec.Target.SELF)
    private CommandSpec spec;

    @Mixin
    @JsonUnwrapped
    private Labels labels;

    @Mixin
    @JsonUnwrapped
    private WayOptions way;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            description = "Size that the pictures are brought to and changed in. Default: the model's.")
    private String size;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first picture. Default: 0.")
    private Long seed;

    /** Everything of this that stands on the line. */
    SaidOptions said() {
        return SaidOptions.of(spec);
    }
}
