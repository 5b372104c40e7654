/**
 * The natives' own room: loading the libraries, the lifetime of native objects, device and precision, seeded random numbers,
 * and the way between Java arrays and tensors. Rooms to the right call libtorch's tensors by their binding's names, under one
 * rule for all: inside a {@link io.inkstone.tensor.Scope}. See {@code docs/memory.md}.
 */
package io.inkstone.tensor;
