package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.evaluate.Interval;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names in evaluations.jsonl, which files of every version share. */
class FigureFieldsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELDS =
            """
            {"kid":0.0123457,"kidLow":0.01,"kidHigh":0.0146914,"kidDeviation":0.003,"coverage":0.0,\
            "accuracy":0.75,"accuracyLow":0.7,"accuracyHigh":0.8,"accuracyPerClass":{"hat":1.0,"bag":0.5},\
            "accuracyPerClassLow":{"hat":0.9,"bag":0.4},"accuracyPerClassHigh":{"hat":1.0,"bag":0.6},"psnr":"NaN"}""";

    @Test
    void writesAndReadsTheSameNames() throws IOException {
        Map<Figure, MeasuredFigure> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.KID, MeasuredFigure.of(0.012345678, new Interval(0.01, 0.014691356)));
        figures.put(Figure.KID_DEVIATION, MeasuredFigure.of(0.003));
        figures.put(Figure.COVERAGE, MeasuredFigure.of(0, Interval.around(0, 0)));
        figures.put(
                Figure.ACCURACY,
                MeasuredFigure.of(0.75, new Interval(0.7, 0.8))
                        .withClasses(
                                List.of("hat", "coat", "bag"),
                                List.of(1.0, Double.NaN, 0.5),
                                List.of(
                                        new Interval(0.9, 1),
                                        new Interval(Double.NaN, Double.NaN),
                                        new Interval(0.4, 0.6))));
        figures.put(Figure.PSNR, MeasuredFigure.of(Double.NaN));
        assertThat(JSON.writeValueAsString(FigureFields.write(figures))).isEqualTo(FIELDS);
        assertThat(FigureFields.read(JSON.readTree(FIELDS))).isEqualTo(figures);
    }

    /** A newer version's figures are passed over. */
    @Test
    void readsWhatItKnows() throws IOException {
        JsonNode line = JSON.readTree(
                "{\"protocol\": {\"seed\": 3}, \"figures\": {\"taste\": 0.9, \"fid\": 4, \"fidLow\": 3}}");
        SavedEvaluation read = SavedEvaluation.read(line);
        assertThat(read.figures()).containsOnly(Map.entry(Figure.FID, MeasuredFigure.of(4)));
        assertThat(read.protocol(Protocol.SEED)).contains("3");
        assertThat(read.protocol(Protocol.JUDGE)).isEmpty();
    }
}
