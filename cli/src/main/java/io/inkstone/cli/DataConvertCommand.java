package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.convert.Conversion;
import io.inkstone.data.convert.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone data convert PATH …}. */
@Command(
        name = "convert",
        description =
                "Writes a set in another form, all its parts, pictures as PNG. 'data prepare' makes the packed form.",
        footer = {"", "Example:", "  inkstone data convert path/to/flowers --to parquet --out flowers-parquet"})
final class DataConvertCommand implements Runnable {
    @Mixin
    private Common common;

    @Mixin
    private DataFormOptions said;

    @Option(names = "--to", required = true, paramLabel = "FORM", description = "folders, parquet or webdataset.")
    private Form form;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "A new folder for it.")
    private Path out;

    @Override
    public void run() {
        try (DataSet set = said.open()) {
            set.info().notes().forEach(common::say);
            int count = set.train().count()
                    + set.validation().map(part -> part.count()).orElse(0)
                    + set.test().map(part -> part.count()).orElse(0);
            Conversion.write(set, form, out, Counting.of("pictures written"));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("folder", out.toString());
            fields.put("form", form.word());
            fields.put("pictures", count);
            common.say(Words.of("%s. Train on them with --data %s", Counted.of(count, "picture"), out));
            common.print(out.toString(), fields);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be written: %s", out, failure.getMessage()), failure);
        }
    }
}
