package io.inkstone.models;

import io.inkstone.models.stage.FirstStage;
import org.bytedeco.pytorch.Tensor;

/**
 * A model that draws the codes of a first stage: of another model, which was trained before and stays as it is. Its network
 * is trained on codes, scaled to unit variance; what it draws is decoded. The first stage is attached after building and
 * is no part of {@link #network}, so no checkpoint holds it again.
 */
public interface TwoStage extends Generates {
    /** What the recipe says of the first stage. */
    FirstStage firstStage();

    /**
     * Hands over the first stage, filled and on the network's device. Several models may share one.
     *
     * @throws io.inkstone.InputException if its codes are not of the shape that the recipe says
     */
    void attach(Autoencodes stage);

    /** The first stage; a failure before one was attached. */
    Autoencodes stage();

    /** Scaled codes [N, c, h, w] to pictures [N, C, H, W] in the first stage's range, a bounded number at once. */
    Tensor decode(Tensor codes);
}
