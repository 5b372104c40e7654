package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PackedCache;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone data prepare PATH …}. */
@Command(
        name = "prepare",
        description = "Decodes, crops and resizes once, into one file that --data takes and that opens at once.",
        footer = {"", "Example:", "  inkstone data prepare path/to/faces --crop 168 --size 64 --out faces.inkdata"})
final class DataPrepareCommand implements Runnable {
    @Mixin
    private Common common;

    @Mixin
    private PictureFormOptions form;

    @Mixin
    private DataFormOptions said;

    @Option(names = "--out", required = true, paramLabel = "FILE.inkdata", description = "The file to make.")
    private Path out;

    @Option(names = "--part", paramLabel = "PART", description = "train, validation, test or all. Default: train.")
    private Split part = Split.TRAIN;

    @Option(names = "--skip-damaged", description = "Leave out pictures that cannot be read, and count them.")
    private boolean skipDamaged;

    @Mixin
    private Overwriting overwriting;

    @Override
    public void run() {
        form.requireSizes();
        common.requireKind(out, List.of("." + PackedCache.EXTENSION));
        overwriting.require(out);
        try (DataSet set = said.open()) {
            Transform transform = form.fit(set.info());
            Preparation preparation = Preparation.of(transform);
            PreparedSet ready = (skipDamaged ? preparation.skippingDamaged() : preparation)
                    .prepare(set.split(part), Counting.of("pictures decoded"));
            write(ready, transform);
            set.leftOut(part).ifPresent(common::say);
            result(ready);
        }
    }

    private void write(PreparedSet ready, Transform transform) {
        String source = Words.of(
                "%s, crop %s, size %d, channels %d",
                said.path(),
                transform.crop().isPresent() ? transform.crop().getAsInt() : "none",
                transform.side(),
                transform.channels());
        try {
            PackedCache.write(out, ready, source, Counting.of("pictures written"));
        } catch (IOException failure) {
            throw new InputException(failure.getMessage(), failure);
        }
    }

    private void result(PreparedSet ready) {
        ready.notes().forEach(common::say);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", out.toString());
        fields.put("pictures", ready.count());
        fields.put("skipped", ready.skipped());
        fields.put("size", ready.width());
        fields.put("channels", ready.channels());
        common.say(Words.of(
                "%s of %d×%d×%d. Train on them with --data %s",
                Counted.of(ready.count(), "picture"), ready.width(), ready.height(), ready.channels(), out));
        common.print(out.toString(), fields);
    }
}
