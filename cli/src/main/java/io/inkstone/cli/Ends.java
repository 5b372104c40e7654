package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Editing;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.Interpolation;
import java.util.List;
import java.util.Map;

/** The two ends of a way and what lies between them: decided once, by what was given and by what the run is. */
sealed interface Ends {
    /** Of the whole way, its ends included, [N, C, H, W]. */
    NdArray pictures();

    /** The options that made them, by their names, for the text of a picture. */
    Map<String, Object> said();

    /**
     * The codes of two pictures.
     *
     * @param both pictures [2, C, H, W] in the model's range
     * @param conditions one per picture of the way, or empty
     * @param count pictures of the way
     */
    record Codes(
            Coding coding,
            NdArray both,
            List<Condition> conditions,
            int count,
            Interpolation interpolation,
            Map<String, Object> said)
            implements Ends {
        @Override
        public NdArray pictures() {
            List<Condition> ofEnds = conditions.isEmpty()
                    ? conditions
                    : List.of(conditions.get(0), conditions.get(conditions.size() - 1));
            return coding.decode(interpolation.between(coding.means(both, ofEnds), count), conditions);
        }
    }

    /**
     * The noises from which two pictures are drawn, along the sphere near which noise lies.
     *
     * @param both pictures [2, C, H, W] in the model's range
     * @param request the pictures of the way
     */
    record Noises(Editing editing, NdArray both, LatentSheet sheet, GenerationRequest request, Map<String, Object> said)
            implements Ends {
        @Override
        public NdArray pictures() {
            int count = request.seeds().size();
            NdArray noises = editing.inverted(both, request.only(List.of(0, count - 1)));
            return sheet.generated(Interpolation.SPHERICAL.between(noises, count), request);
        }
    }

    /**
     * What two seeds start from.
     *
     * @param request the pictures of the way
     */
    record Seeds(
            List<Long> both,
            Interpolation interpolation,
            LatentSheet sheet,
            GenerationRequest request,
            Map<String, Object> said)
            implements Ends {
        @Override
        public NdArray pictures() {
            int count = request.seeds().size();
            return sheet.generated(interpolation.between(sheet.starts(both), count), request);
        }
    }

    /**
     * Two contexts, from one start.
     *
     * @param request the pictures of the way, with their contexts
     */
    record Contexts(LatentSheet sheet, GenerationRequest request, Map<String, Object> said) implements Ends {
        @Override
        public NdArray pictures() {
            return sheet.generated(sheet.starts(request.seeds()), request);
        }
    }
}
