package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.data.source.Inspection;
import io.inkstone.image.PictureFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone data inspect PATH …}. */
@Command(
        name = "inspect",
        description = "Says what a path holds: kind, counts, sizes, classes, damaged and small pictures, subfolders.",
        footer = {"", "Example:", "  inkstone data inspect path/to/faces --crop 168 --size 64 --out sheet.png"})
final class DataInspectCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Mixin
    private Common common;

    @Mixin
    private PictureFormOptions form;

    @Parameters(
            paramLabel = "PATH",
            description = "A file or folder as --data takes it, or the name of an embedded set.")
    private String path;

    @Option(
            names = "--out",
            paramLabel = "SHEET.png",
            description = "Draw 16 pictures of a shuffled batch as a model will see them.")
    private Path out;

    @Override
    public Integer call() {
        form.requireSizes();
        if (out != null) {
            common.requireKind(out, List.of(".png", ".jpg", ".jpeg"));
        }
        Inspection inspection = Inspection.of(path, form.crop(), Counting.of("pictures decoded"));
        InspectionWords words = new InspectionWords(inspection);
        Map<String, Object> fields = words.fields();
        String text = words.text();
        boolean opened = inspection.problem().isEmpty();
        if (out != null && opened) {
            PictureFile.write(out, BatchSheet.of(path, form), Map.of());
            fields.put("sheet", out.toString());
            text += Words.of("%nsheet      %s", out);
        }
        common.print(text, fields);
        inspection.problem().ifPresent(problem -> common.say("inkstone: " + problem));
        return opened ? 0 : FAILED;
    }
}
