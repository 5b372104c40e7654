package io.inkstone.run;

import io.inkstone.InputException;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A whole set as codes in one safetensors file: {@code latents}, {@code context} and, for captions, {@code input_ids}. */
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
            Map<String, NdArray> arrays = new LinkedHashMap<>();
            arrays.put("latents", latents(set, run, coding).scaled(scale));
            int classes = set.info().classes().size();
            if (classes > 0) {
                arrays.put("context", NdArray.of(contexts(set, classes), set.count(), classes));
            }
            if (set.info().captioned() && tokenizer.isPresent()) {
                arrays.put("input_ids", ids(set, tokenizer.get()));
            }
            Safetensors.write(
                    file, arrays, Map.of("source", set.info().name(), WeightFile.LATENT_SCALE, String.valueOf(scale)));
            return arrays.get("latents").shape();
        } catch (IOException failure) {
            throw new InputException(failure.getMessage(), failure);
        }
    }

    private static NdArray latents(PictureSet set, SavedRun run, Coding coding) {
        List<NdArray> parts = new ArrayList<>();
        for (int from = 0; from < set.count(); from += CHUNK) {
            List<Pixels> pictures = IntStream.range(from, Math.min(set.count(), from + CHUNK))
                    .mapToObj(i ->
                            run.transform().apply(set.pixels(i), set.entry(i).name()))
                    .toList();
            List<float[]> rows = IntStream.range(from, from + pictures.size())
                    .mapToObj(i -> set.entry(i).context())
                    .toList();
            parts.add(coding.means(Pictures.array(pictures, run.model().pictures()), rows));
        }
        return NdArray.joined(parts);
    }

    private static float[] contexts(PictureSet set, int classes) {
        float[] values = new float[set.count() * classes];
        for (int i = 0; i < set.count(); i++) {
            System.arraycopy(set.entry(i).context(), 0, values, i * classes, classes);
        }
        return values;
    }

    private static NdArray ids(PictureSet set, ClipTokenizer tokenizer) {
        long[] ids = new long[set.count() * ClipTokenizer.LENGTH];
        for (int i = 0; i < set.count(); i++) {
            int[] one = tokenizer.ids(set.entry(i).caption());
            for (int k = 0; k < one.length; k++) {
                ids[i * ClipTokenizer.LENGTH + k] = one[k];
            }
        }
        return NdArray.of(ids, set.count(), ClipTokenizer.LENGTH);
    }
}
