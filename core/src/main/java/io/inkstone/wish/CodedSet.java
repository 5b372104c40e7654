package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.run.part.LatentExport;
import io.inkstone.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set whose codes are wanted, with what it says of its pictures.
 *
 * @param source an embedded set or a path
 * @param part of it; empty for all
 * @param tokenizer a CLIP vocabulary for the captions; without one they are left out
 * @param skipDamaged leave out pictures that cannot be read, instead of stopping with their list
 */
public record CodedSet(String source, Optional<Split> part, Optional<String> tokenizer, boolean skipDamaged) {
    LatentExport.Wish export(boolean moments, double scale) {
        return new LatentExport.Wish(
                part.orElse(Split.ALL),
                moments,
                scale,
                tokenizer.map(file -> ClipTokenizer.open(Path.of(file))),
                skipDamaged);
    }

    List<String> files() {
        List<String> files = new ArrayList<>(List.of(source));
        tokenizer.ifPresent(files::add);
        return files;
    }

    static Optional<CodedSet> read(Fields fields) {
        Optional<String> source = fields.words("data");
        Optional<Split> part = fields.choice("part", Split.class);
        Optional<String> tokenizer = fields.words("tokenizer");
        boolean skip = fields.flag("skipDamaged").orElse(false);
        if (source.isEmpty() && (part.isPresent() || tokenizer.isPresent() || skip)) {
            throw new InputException("tokenizer, part and skipDamaged are for data: leave them out.")
                    .about("tokenizer", "part", "skipDamaged");
        }
        return source.map(path -> new CodedSet(path, part, tokenizer, skip));
    }

    void write(ObjectNode json) {
        json.put("data", source);
        part.ifPresent(value -> json.put("part", Choices.word(value)));
        tokenizer.ifPresent(file -> json.put("tokenizer", file));
        if (skipDamaged) {
            json.put("skipDamaged", true);
        }
    }
}
