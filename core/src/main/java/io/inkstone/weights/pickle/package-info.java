/**
 * PyTorch's weight files (.pth, .pt, .ckpt), read as plain data: a small interpreter of Python's pickle format that builds
 * numbers, texts, containers and tensors, and runs nothing. Formats: Python's pickletools documentation (protocols 0 to 5);
 * torch.serialization.
 */
package io.inkstone.weights.pickle;
