package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.array.DType;
import io.inkstone.array.LazyArray;
import io.inkstone.array.NdArray;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.models.Coding;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A whole set as codes in one safetensors file: {@code latents}, {@code context} and, for captions, {@code input_ids}.
 * Made while it is written, so that a set may be larger than memory.
 */
public final class LatentExport {
    private static final int CHUNK = 64;

    private LatentExport() {}

    /**
     * @param source an embedded set or a path
     * @param scale factor of the codes
     * @param tokenizer for the captions; without one they are left out
     * @return the shape of the codes
     */
    public static long[] write(
            Path file, SavedRun run, Coding coding, String source, double scale, Optional<ClipTokenizer> tokenizer) {
        try (DataSet data = DataSource.open(source)) {
            PictureSet set = data.train();
            Map<String, LazyArray> arrays = new LinkedHashMap<>();
            LazyArray latents = latents(set, run, coding, scale);
            arrays.put("latents", latents);
            int classes = set.info().classes().size();
            if (classes > 0) {
                arrays.put("context", contexts(set, classes));
            }
            if (set.info().captioned() && tokenizer.isPresent()) {
                arrays.put("input_ids", ids(set, tokenizer.get()));
            }
            Safetensors.writeLazily(
                    file, arrays, Map.of("source", set.info().name(), WeightFile.LATENT_SCALE, String.valueOf(scale)));
            return latents.shape();
        } catch (IOException failure) {
            throw new InputException(failure.getMessage(), failure);
        }
    }

    private static LazyArray latents(PictureSet set, SavedRun run, Coding coding, double scale) {
        long[] one = coding.model().latentShape();
        long[] shape = LongStream.concat(LongStream.of(set.count()), Arrays.stream(one))
                .toArray();
        return LazyArray.inChunks(
                DType.FLOAT32,
                CHUNK,
                (from, to) -> {
                    List<Pixels> pictures = IntStream.range(from, to)
                            .mapToObj(i -> run.transform()
                                    .apply(set.pixels(i), set.entry(i).name()))
                            .toList();
                    List<float[]> rows = IntStream.range(from, to)
                            .mapToObj(i -> set.entry(i).context())
                            .toList();
                    return coding.means(run.model().pictures().array(pictures), rows)
                            .scaled(scale);
                },
                shape);
    }

    private static LazyArray contexts(PictureSet set, int classes) {
        return LazyArray.inChunks(
                DType.FLOAT32,
                CHUNK,
                (from, to) -> {
                    float[] values = new float[(to - from) * classes];
                    for (int i = from; i < to; i++) {
                        System.arraycopy(set.entry(i).context(), 0, values, (i - from) * classes, classes);
                    }
                    return NdArray.of(values, to - from, classes);
                },
                set.count(),
                classes);
    }

    private static LazyArray ids(PictureSet set, ClipTokenizer tokenizer) {
        return LazyArray.inChunks(
                DType.INT64,
                CHUNK,
                (from, to) -> {
                    long[] ids = IntStream.range(from, to)
                            .flatMap(i ->
                                    Arrays.stream(tokenizer.ids(set.entry(i).caption())))
                            .asLongStream()
                            .toArray();
                    return NdArray.of(ids, to - from, ClipTokenizer.LENGTH);
                },
                set.count(),
                ClipTokenizer.LENGTH);
    }
}
