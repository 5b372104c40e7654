package io.inkstone.models.dnn;

/** The recipe keys of the plain generator. */
public record DnnSettings(ModelGroup model) {
    /**
     * @param latent random values that enter beside the label
     * @param conditional whether the label enters; without, the latent is alone
     */
    public record ModelGroup(int latent, boolean conditional) {}
}
