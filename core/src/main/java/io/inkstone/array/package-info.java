/**
 * Typed n-dimensional arrays in memory and in NumPy files. Plain Java: nothing here touches a native library.
 *
 * @since 0.1
 */
package io.inkstone.array;
