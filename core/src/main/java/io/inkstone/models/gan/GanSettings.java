package io.inkstone.models.gan;

/** The recipe keys of the GAN. */
public record GanSettings(ModelGroup model) {
    /**
     * @param latent random values that a picture is made of
     * @param conditional whether both sides see the label
     * @param spectralNorm holds the discriminator's weights at a largest singular value of 1, in place of its batch norms
     */
    public record ModelGroup(int latent, boolean conditional, boolean spectralNorm) {}
}
