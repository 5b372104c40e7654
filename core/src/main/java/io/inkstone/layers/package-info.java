/**
 * Bricks of networks: a tree of named parameters and buffers ({@link io.inkstone.layers.Layer}), convolutions, norms,
 * residual blocks, embeddings. Names and first values follow PyTorch's, so that weights travel.
 */
package io.inkstone.layers;
