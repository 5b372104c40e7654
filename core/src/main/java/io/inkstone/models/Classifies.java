package io.inkstone.models;

import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.tensor.ComputeDevice;

/** A model that says which class a picture is of: with what it sees, the pictures of others can be judged. */
public interface Classifies extends Model {
    /**
     * This trained model as a judge, which owns it from here on.
     *
     * @param name for people
     * @param hash of the weights
     * @param device where the model lives
     */
    FeatureNetwork judge(String name, String hash, ComputeDevice device);
}
