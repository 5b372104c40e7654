package io.inkstone.condition;

import io.inkstone.InputException;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Conditions as a network takes them: a vector a picture, a sequence of states a picture, or both.
 *
 * @param vector float32 [N, c], or [1, c] for all; [N, 0] where the network takes none
 * @param states of a text, if the network reads any
 */
public record Told(Tensor vector, Optional<States> states) {
    /**
     * A text, state by state.
     *
     * @param values [N, length, width]
     * @param mask [N, length], 1 where a state counts; empty where all do
     */
    public record States(Tensor values, Optional<Tensor> mask) {}

    /** Vectors alone [N, c]. */
    public static Told of(Tensor vector) {
        return new Told(vector, Optional.empty());
    }

    /** Of {@code count} pictures of which nothing is told, for networks that take no vector. */
    public static Told nothing(int count, ComputeDevice device) {
        return of(device.place(Tensors.zeros(count, 0)));
    }

    /** The same with the states of a text. */
    public Told with(States text) {
        return new Told(vector, Optional.of(text));
    }

    /** The states; a failure where the network was told none. */
    public States text() {
        return states.orElseThrow(() -> new InputException("This network reads words, and none were handed to it."));
    }

    /**
     * The same with the conditions of some pictures put out, so that one network learns with and without.
     *
     * @param keep [N, 1], 1 where a condition stays, 0 where it is dropped
     * @param nothing what the network is told where it is dropped, asked for only where it reads words; vectors become zeros
     */
    public Told keeping(Tensor keep, Supplier<Told> nothing) {
        Tensor kept = vector.mul(keep);
        return new Told(kept, states.map(text -> {
            Tensor rows = keep.reshape(-1, 1, 1).to(text.values.scalar_type());
            Told silent = nothing.get();
            Tensor values = text.values
                    .mul(rows)
                    .add(silent.text().values.mul(rows.neg().add(new Scalar(1.0))));
            return new States(values, text.mask.map(mask -> mixed(mask, keep, silent)));
        }));
    }

    private static Tensor mixed(Tensor mask, Tensor keep, Told nothing) {
        Tensor rows = keep.to(mask.scalar_type());
        Tensor other = nothing.text().mask.orElseThrow();
        return mask.mul(rows).add(other.mul(rows.neg().add(new Scalar(1.0))));
    }

    /** These pictures, then {@code other}'s: what a network is asked in one pass that is asked twice. */
    public Told followedBy(Told other) {
        return new Told(
                Tensors.concatenate(0, vector, other.vector),
                states.map(text -> new States(
                        Tensors.concatenate(0, text.values, other.text().values),
                        text.mask.map(mask ->
                                Tensors.concatenate(0, mask, other.text().mask.orElseThrow())))));
    }

    /** All pictures, {@code times} after each other. */
    public Told repeated(int times) {
        return new Told(
                repeated(vector, times),
                states.map(text ->
                        new States(repeated(text.values, times), text.mask.map(mask -> repeated(mask, times)))));
    }

    private static Tensor repeated(Tensor rows, int times) {
        Tensor[] copies = new Tensor[times];
        Arrays.fill(copies, rows);
        return times == 1 ? rows : Tensors.concatenate(0, copies);
    }
}
