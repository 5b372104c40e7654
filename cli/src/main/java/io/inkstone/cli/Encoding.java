package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.run.part.LatentExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What {@code encode} writes: decided once, by what was given and by what the run is. */
sealed interface Encoding {
    Done write(Path file);

    /**
     * What was written.
     *
     * @param shape of the codes
     * @param scale factor of the codes, where they have one
     * @param notes what a person should know, a line each
     */
    record Done(long[] shape, OptionalDouble scale, List<String> notes) {}

    /**
     * Codes of some pictures, in one array.
     *
     * @param pictures [N, C, H, W] in the model's range
     * @param conditions one per picture, or empty
     * @param moments mean and log-variance instead of the mean
     * @param scale factor of the codes
     */
    record Pictures(Coding coding, NdArray pictures, List<Condition> conditions, boolean moments, double scale)
            implements Encoding {
        @Override
        public Done write(Path file) {
            NdArray codes = moments ? coding.encode(pictures, conditions) : coding.means(pictures, conditions);
            Written.array(file, moments ? "moments" : "latents", codes.scaled(scale), Map.of());
            return new Done(codes.shape(), OptionalDouble.of(scale), List.of());
        }
    }

    /**
     * Codes of a set with what it says of its pictures.
     *
     * @param source an embedded set or a path
     */
    record WholeSet(LatentExport export, String source) implements Encoding {
        @Override
        public Done write(Path file) {
            LatentExport.Written written = export.write(file, source);
            return new Done(written.shape(), OptionalDouble.of(export.wish().scale()), written.notes());
        }
    }

    /**
     * The noise from which pictures are drawn.
     *
     * @param pictures [N, C, H, W] in the model's range
     * @param request how they are drawn
     * @param line that draws them again
     */
    record Noise(Editing editing, NdArray pictures, GenerationRequest request, String line) implements Encoding {
        @Override
        public Done write(Path file) {
            NdArray noise = editing.inverted(pictures, request);
            Written.array(file, "noise", noise, Map.of());
            return new Done(noise.shape(), OptionalDouble.empty(), List.of("Draw from it: " + line));
        }
    }
}
