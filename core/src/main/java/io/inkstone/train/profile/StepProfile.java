package io.inkstone.train.profile;

import io.inkstone.train.Stage;
import java.util.List;
import java.util.Map;

/**
 * One training step in parts, in milliseconds.
 *
 * @param milliseconds the whole step, while it was watched: the sum of its stages. Of several steps everything is the median
 * @param plainMilliseconds the median of steps that nobody watched, before
 * @param steps that were watched
 * @param batch pictures in it
 * @param stages what the trainer was doing
 * @param operations by time
 * @param layers that compute something themselves, by time
 */
public record StepProfile(
        double milliseconds,
        double plainMilliseconds,
        int steps,
        int batch,
        Map<Stage, Double> stages,
        List<Operation> operations,
        List<LayerTime> layers) {
    /** When in a step something happens. */
    public enum Pass {
        FORWARD,
        /** A block that is computed a second time on the way back. */
        AGAIN,
        BACKWARD
    }

    /**
     * All calls of one kind with one shape.
     *
     * @param pass when
     * @param name forward the layer's kind, backward libtorch's name of the operation
     * @param layer kind of the layer that it belongs to
     * @param shape of the layer's input and output
     * @param calls how many
     * @param milliseconds of all
     * @param gigaflop multiplications and additions of all, in thousand millions; 0 for what is no product
     */
    public record Operation(
            Pass pass, String name, String layer, String shape, int calls, double milliseconds, double gigaflop) {}

    /**
     * One layer of the network without the layers in it.
     *
     * @param name dotted; empty for the network itself
     * @param kind its class
     * @param shape of its input and output
     * @param forward milliseconds of its forward passes, recomputed ones included
     * @param backward milliseconds of its operations' backward passes
     * @param forwardGigaflop multiplications and additions, in thousand millions
     * @param backwardGigaflop the same backward
     */
    public record LayerTime(
            String name,
            String kind,
            String shape,
            double forward,
            double backward,
            double forwardGigaflop,
            double backwardGigaflop) {
        public double milliseconds() {
            return forward + backward;
        }
    }

    /** Thousand million operations a second; 0 where nothing was multiplied. */
    public static double rate(double gigaflop, double milliseconds) {
        return milliseconds == 0 ? 0 : gigaflop / milliseconds * 1000;
    }
}
