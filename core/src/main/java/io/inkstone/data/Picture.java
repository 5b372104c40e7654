package io.inkstone.data;

import io.inkstone.image.Pixels;

/**
 * One picture of a set, at its own size.
 *
 * @param pixels bytes [height, width, channels]
 * @param context one-hot class or attributes in {0, 1}, [c]; empty if none
 * @param caption empty if none
 * @param name file name or path inside its set
 */
public record Picture(Pixels pixels, float[] context, String caption, String name) {}
