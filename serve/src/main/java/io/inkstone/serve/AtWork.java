package io.inkstone.serve;

import io.inkstone.studio.Job;
import java.util.concurrent.CompletableFuture;

/**
 * Work on pictures that is under way or done.
 *
 * @param job to look at and to give up
 * @param made the pictures when they are there
 * @param model its name
 * @param request with its seed
 * @param size of the pictures, WIDTHxHEIGHT
 * @param stepsEach of the sampler for a picture
 */
record AtWork(
        Job<?> job, CompletableFuture<Made> made, String model, ImageRequest request, String size, int stepsEach) {}
