/**
 * Pictures between files, bytes and the range of a model. {@link io.inkstone.image.PictureFile} reads and writes files,
 * {@link io.inkstone.image.Pixels} holds 8-bit pictures in memory, {@link io.inkstone.image.Resize} shrinks and crops them,
 * and {@link io.inkstone.image.PixelRange} is the only place where bytes become model values and back. From pictures it
 * composes what a person looks at: {@link io.inkstone.image.Sheet}, {@link io.inkstone.image.FilmStrip},
 * {@link io.inkstone.image.Animation} and {@link io.inkstone.image.Curves}; {@link io.inkstone.image.PngText} keeps a
 * recipe inside a picture. Plain Java: no native library, and no system font is needed.
 *
 * @since 0.1
 */
package io.inkstone.image;
