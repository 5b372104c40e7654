package io.inkstone.cli;

import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataOptions;
import io.inkstone.data.source.DataSource;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A set, and what a person says about it that it does not say itself. */
final class DataFormOptions {
    @Parameters(
            paramLabel = "PATH",
            description = "A file or folder as --data takes it, or the name of an embedded set.")
    private String path;

    @Option(
            names = "--image-column",
            paramLabel = "NAME",
            description = "Where pictures lie. Default: found by its name.")
    private String image;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "Where classes lie. Default: found by its name.")
    private String label;

    @Option(
            names = "--caption-column",
            paramLabel = "NAME",
            description = "Where captions lie. Default: found by its name.")
    private String caption;

    @Option(
            names = "--zip-names",
            paramLabel = "CHARSET",
            description = "How names in a zip are written that are not UTF-8.")
    private Charset zipNames;

    String path() {
        return path;
    }

    /** To be closed. */
    DataSet open() {
        return DataSource.open(path, options());
    }

    DataOptions options() {
        return new DataOptions(
                Optional.ofNullable(image),
                Optional.ofNullable(label),
                Optional.ofNullable(caption),
                Optional.ofNullable(zipNames));
    }
}
