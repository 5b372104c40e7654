package io.inkstone.measure;

import io.inkstone.data.ClassOrder;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.image.Pixels;
import java.util.Arrays;
import java.util.List;

/**
 * A judge that names its classes in the order of the data.
 *
 * @param network the judge as it was trained
 * @param order from its classes
 */
record JudgeInOrder(FeatureNetwork network, ClassOrder order) implements FeatureNetwork {
    @Override
    public String name() {
        return network.name();
    }

    @Override
    public String hash() {
        return network.hash();
    }

    @Override
    public String preprocessing() {
        return network.preprocessing();
    }

    @Override
    public int features() {
        return network.features();
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public List<String> classes() {
        return order.wanted();
    }

    @Override
    public boolean exclusive() {
        return network.exclusive();
    }

    @Override
    public Reading read(List<Pixels> pictures) {
        Reading reading = network.read(pictures);
        float[] probabilities = reading.probabilities();
        float[] ordered = new float[probabilities.length];
        for (int from = 0; from < ordered.length; from += outputs()) {
            float[] row = order.of(Arrays.copyOfRange(probabilities, from, from + outputs()));
            System.arraycopy(row, 0, ordered, from, row.length);
        }
        return new Reading(reading.features(), ordered);
    }

    @Override
    public void close() {
        network.close();
    }
}
