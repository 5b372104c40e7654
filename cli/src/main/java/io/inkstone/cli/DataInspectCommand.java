package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.data.source.Inspection;
import io.inkstone.data.source.InspectionWish;
import io.inkstone.image.PictureFile;
import io.inkstone.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inkstone data inspect PATH …}. */
@Command(
        name = "inspect",
        description =
                "Says what a path holds: kind, counts, sizes, classes, captions, what is left out and why, damaged, small and equal pictures.",
        footer = {"", "Example:", "  inkstone data inspect path/to/faces --crop 168 --size 64 --out sheet.png"})
final class DataInspectCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Mixin
    private Common common;

    @Mixin
    private PictureFormOptions form;

    @Mixin
    private DataFormOptions said;

    @Option(
            names = "--tokenizer",
            paramLabel = "VOCABULARY",
            description = "Say how many ids captions have by this CLIP vocabulary.")
    private Path tokenizer;

    @Parameters(
            paramLabel = "PATH",
            description = "A file or folder as --data takes it, or the name of an embedded set.")
    private String path;

    @Option(
            names = "--out",
            paramLabel = "SHEET.png",
            description = "Draw 16 pictures of a shuffled batch as a model will see them.")
    private Path out;

    @Mixin
    private Overwriting overwriting;

    /** Ids of a text up to its end mark; texts that are cut have as many as fit. */
    private ToIntFunction<String> ids() {
        ClipTokenizer words = ClipTokenizer.open(tokenizer);
        return text -> {
            int[] ids = words.ids(text);
            int length = 1;
            while (ids[length - 1] != ClipTokenizer.END) {
                length++;
            }
            return length;
        };
    }

    @Override
    public Integer call() {
        form.requireSizes();
        if (out != null) {
            common.requireKind(out, List.of(".png", ".jpg", ".jpeg"));
            overwriting.require(out);
        }
        InspectionWish wish = InspectionWish.PLAIN
                .withCrop(form.crop())
                .withOptions(said.options())
                .withProgress(Counting.of("pictures decoded"));
        Inspection inspection = Inspection.of(path, tokenizer == null ? wish : wish.withIds(ids()));
        InspectionWords words = new InspectionWords(inspection);
        Map<String, Object> fields = words.fields();
        String text = words.text();
        boolean opened = inspection.problem().isEmpty();
        if (out != null && opened) {
            PictureFile.write(out, BatchSheet.of(path, form, said.options()), Map.of());
            fields.put("sheet", out.toString());
            text += Words.of("%nsheet      %s", out);
        }
        common.print(text, fields);
        inspection.problem().ifPresent(problem -> common.say("inkstone: " + problem));
        return opened ? 0 : FAILED;
    }
}
