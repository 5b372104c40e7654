/**
 * The only place that knows JavaCPP's rules: loading the native libraries, the lifetime of native objects, device and
 * precision, seeded random numbers, and the way between Java arrays and tensors. See {@code docs/memory.md}.
 */
package io.inkstone.tensor;
