/** Typed n-dimensional arrays in memory and in NumPy files. Plain Java: nothing here touches a native library. */
package io.inkstone.array;
