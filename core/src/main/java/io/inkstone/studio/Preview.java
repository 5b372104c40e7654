package io.inkstone.studio;

import io.inkstone.image.Pixels;
import java.util.List;

/**
 * How pictures look on their way.
 *
 * @param step of the sampler, from 1
 * @param pictures the first ones of the job, small
 */
public record Preview(int step, List<Pixels> pictures) {
    public Preview {
        pictures = List.copyOf(pictures);
    }
}
