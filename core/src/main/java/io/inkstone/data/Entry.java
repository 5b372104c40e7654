package io.inkstone.data;

import io.inkstone.condition.Condition;
import java.util.List;

/**
 * What belongs to a picture, known without decoding it.
 *
 * @param name file name or path inside its set, for messages
 * @param context one-hot class or attributes in {0, 1}, [c]; empty for a set without labels. Shared: do not write to it
 * @param captions one or several texts; empty for a set without captions, or a picture of it that has none
 */
public record Entry(String name, float[] context, List<String> captions) {
    private static final float[] NONE = {};

    public Entry {
        captions = List.copyOf(captions);
    }

    /** @param caption the only one; empty for none */
    public Entry(String name, float[] context, String caption) {
        this(name, context, caption.isEmpty() ? List.of() : List.of(caption));
    }

    /** A picture that is only a picture. */
    public static Entry of(String name) {
        return new Entry(name, NONE, List.of());
    }

    /** The first caption; empty where there is none. */
    public String caption() {
        return captions.isEmpty() ? "" : captions.get(0);
    }

    /** The caption of this picture, the one at {@code index} in its set, in an epoch: one of several by chance. */
    public String caption(Order order, int epoch, int index) {
        return captions.size() < 2 ? caption() : captions.get(order.choice(epoch, index, captions.size()));
    }

    /** What it is known to show, by its first caption. */
    public Condition condition() {
        return Condition.of(context, caption());
    }

    /** What it is known to show, by the caption that {@link #caption(Order, int, int)} draws. */
    public Condition condition(Order order, int epoch, int index) {
        return Condition.of(context, caption(order, epoch, index));
    }

    /** The vector of class {@code index} of {@code count}. */
    public static float[] oneHot(int index, int count) {
        float[] context = new float[count];
        context[index] = 1;
        return context;
    }
}
