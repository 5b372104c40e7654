package io.inkstone.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A prompt as ids, as a text encoder takes them: one chunk of 77 ids, or several, each with a start, up to 75 ids, an end
 * and padding, whose states are joined one behind the other.
 *
 * @param chunks at least one
 * @param cut what did not fit, as text; empty if nothing was cut
 */
public record Prompt(List<Chunk> chunks, String cut) {
    /** Ids of a chunk between its start and its end. */
    public static final int INSIDE = ClipTokenizer.LENGTH - 2;

    /** A chunk that is full ends at a comma where one stands among its last ids. */
    private static final int LOOKED_BACK = 20;

    private static final String COMMA = ",";

    /**
     * 77 ids.
     *
     * @param ids start, ids, end, padding
     * @param weights by which the state of each id counts; 1 outside the text
     */
    public record Chunk(int[] ids, double[] weights) {
        /** Whether any weight is not 1. */
        public boolean isWeighted() {
            return Arrays.stream(weights).anyMatch(weight -> weight != 1);
        }
    }

    public Prompt {
        chunks = List.copyOf(chunks);
    }

    /** One chunk, cut so that the end stays last; brackets are letters. */
    public static Prompt single(ClipTokenizer tokenizer, String text) {
        double[] weights = new double[ClipTokenizer.LENGTH];
        Arrays.fill(weights, 1);
        return new Prompt(List.of(new Chunk(tokenizer.ids(text), weights)), tokenizer.cut(text));
    }

    /** As many chunks as the text needs. */
    public static Prompt chunked(ClipTokenizer tokenizer, WeightedText text) {
        Filling filling = new Filling(tokenizer);
        for (WeightedText.Part part : text.parts()) {
            if (part.breaks()) {
                filling.end();
            } else {
                for (int id : tokenizer.pieces(part.text())) {
                    filling.add(id, part.weight());
                }
            }
        }
        if (filling.isOpen() || filling.done.isEmpty()) {
            filling.end();
        }
        return new Prompt(filling.done, "");
    }

    /** The same with chunks of padding behind it, so that two prompts of one batch are equally long. */
    public Prompt padded(ClipTokenizer tokenizer, int count) {
        List<Chunk> all = new ArrayList<>(chunks);
        while (all.size() < count) {
            all.add(single(tokenizer, "").chunks().get(0));
        }
        return new Prompt(all, cut);
    }

    /** Chunks so far and the one that is being filled. */
    private static final class Filling {
        private final ClipTokenizer tokenizer;
        private final int comma;
        private final List<Chunk> done = new ArrayList<>();
        private final List<Integer> ids = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private int lastComma = -1;

        Filling(ClipTokenizer tokenizer) {
            this.tokenizer = tokenizer;
            this.comma = tokenizer.pieces(COMMA)[0];
        }

        boolean isOpen() {
            return !ids.isEmpty();
        }

        void add(int id, double weight) {
            boolean full = ids.size() == INSIDE;
            if (id == comma && !full) {
                lastComma = ids.size();
            } else if (full && id != comma && lastComma >= 0 && ids.size() - lastComma <= LOOKED_BACK) {
                int from = lastComma + 1;
                List<Integer> ids = List.copyOf(this.ids.subList(from, INSIDE));
                List<Double> weights = List.copyOf(this.weights.subList(from, INSIDE));
                this.ids.subList(from, INSIDE).clear();
                this.weights.subList(from, INSIDE).clear();
                end();
                this.ids.addAll(ids);
                this.weights.addAll(weights);
            } else if (full) {
                end();
            }
            ids.add(id);
            weights.add(weight);
        }

        void end() {
            int[] all = new int[ClipTokenizer.LENGTH];
            double[] counts = new double[ClipTokenizer.LENGTH];
            Arrays.fill(all, tokenizer.pad());
            Arrays.fill(counts, 1);
            all[0] = ClipTokenizer.START;
            for (int i = 0; i < ids.size(); i++) {
                all[i + 1] = ids.get(i);
                counts[i + 1] = weights.get(i);
            }
            all[ids.size() + 1] = ClipTokenizer.END;
            done.add(new Chunk(all, counts));
            ids.clear();
            weights.clear();
            lastComma = -1;
        }
    }
}
