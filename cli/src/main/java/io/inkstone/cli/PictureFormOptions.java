package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Transform;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done to each picture of a set; what is not said follows the data. */
final class PictureFormOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--crop", paramLabel = "N", description = "Side of the centre crop before resizing. Default: none.")
    private Integer crop;

    @Option(names = "--size", paramLabel = "N", description = "Side of the pictures. Default: their own.")
    private Integer size;

    @Option(names = "--channels", paramLabel = "1|3", description = "Grey or colour. Default: their own.")
    private Integer channels;

    /** Refuses numbers that are no sizes, before anything is looked at. */
    void requireSizes() {
        crop();
        positive("--size", size);
        positive("--channels", channels);
    }

    OptionalInt crop() {
        return positive("--crop", crop);
    }

    /** Whether the pictures are to keep the sides they have. */
    boolean keepsSides() {
        return crop == null && size == null;
    }

    Transform fit(DataInfo info) {
        return Transform.fit(info, crop(), positive("--size", size), positive("--channels", channels));
    }

    /** As {@link #fit}, to this side. */
    Transform fit(DataInfo info, int side) {
        return Transform.fit(info, crop(), OptionalInt.of(side), positive("--channels", channels));
    }

    private OptionalInt positive(String option, Integer number) {
        if (number != null && number < 1) {
            throw new ParameterException(spec.commandLine(), Words.of("%s must be 1 or more, got %d.", option, number));
        }
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
