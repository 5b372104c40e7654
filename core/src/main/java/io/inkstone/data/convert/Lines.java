package io.inkstone.data.convert;

import java.util.List;
import java.util.stream.Collectors;

/** Captions as lines of a text file. */
final class Lines {
    private Lines() {}

    /** A line each; ends of lines inside a caption become spaces, so that it stays one. */
    static String of(List<String> captions) {
        return captions.stream()
                .map(caption -> caption.replaceAll("\\R", " "))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
