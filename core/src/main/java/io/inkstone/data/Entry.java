package io.inkstone.data;

import io.inkstone.condition.Condition;

/**
 * What belongs to a picture, known without decoding it.
 *
 * @param name file name or path inside its set, for messages
 * @param context one-hot class or attributes in {0, 1}, [c]; empty for a set without labels. Shared: do not write to it
 * @param caption empty for a set without captions
 */
public record Entry(String name, float[] context, String caption) {
    private static final float[] NONE = {};

    /** A picture that is only a picture. */
    public static Entry of(String name) {
        return new Entry(name, NONE, "");
    }

    /** What it is known to show. */
    public Condition condition() {
        return Condition.of(context, caption);
    }

    /** The vector of class {@code index} of {@code count}. */
    public static float[] oneHot(int index, int count) {
        float[] context = new float[count];
        context[index] = 1;
        return context;
    }
}
