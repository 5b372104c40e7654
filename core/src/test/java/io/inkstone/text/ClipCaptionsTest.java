package io.inkstone.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.data.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** 6,000 captions of every script and oddity; {@code make_captions.py} beside the list wrote it with transformers 5.24. */
class ClipCaptionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void idsAreThoseOfTransformers() throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.open(SharedData.path("clip"));
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(getClass().getResourceAsStream("captions.txt.gz")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.lastIndexOf('\t');
                String text = JSON.readValue(line.substring(0, tab), String.class);
                int[] expected = Arrays.stream(line.substring(tab + 1).split(" "))
                        .filter(id -> !id.isEmpty())
                        .mapToInt(id -> Integer.parseInt(id, 36))
                        .toArray();
                int[] all = tokenizer.pieces(text);
                int[] seen = Arrays.copyOf(all, Math.min(all.length, ClipTokenizer.LENGTH - 2));
                if (!Arrays.equals(seen, expected)) {
                    wrong.add("%s%n  %s%n  %s"
                            .formatted(line.substring(0, tab), Arrays.toString(seen), Arrays.toString(expected)));
                }
                count++;
            }
        }
        assertThat(count).isEqualTo(6000);
        assertThat(wrong).isEmpty();
    }
}
