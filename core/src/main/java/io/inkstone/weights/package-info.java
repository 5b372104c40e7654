/**
 * Weight files in and out: safetensors, PyTorch, NumPy; strict matching by name and shape; names of other releases. Plain
 * Java: no code of a file is ever run, and nothing here touches a native library.
 */
package io.inkstone.weights;
