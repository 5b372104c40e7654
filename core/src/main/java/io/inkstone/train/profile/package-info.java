/**
 * Where a training step spends its time, operation by operation and layer by layer: {@link
 * io.inkstone.train.profile.Profiler} runs a few steps and reports one.
 */
package io.inkstone.train.profile;
