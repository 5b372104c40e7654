package io.inkstone.models;

import io.inkstone.tensor.ComputeDevice;

/**
 * What one pass of training asks of a machine beside the network.
 *
 * @param device where it runs
 * @param pictures in it
 * @param bytes of a value between two layers
 */
public record TrainingPass(ComputeDevice device, int pictures, int bytes) {}
