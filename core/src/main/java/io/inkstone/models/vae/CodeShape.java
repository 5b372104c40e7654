package io.inkstone.models.vae;

/** What the outside knows of a VAE's numbers, whatever lies between. */
interface CodeShape {
    /** Channels of the pictures, 1 or 3. */
    int pictureChannels();

    /** Height and width of the pictures. */
    int side();

    /** Values of a code. */
    int latent();

    /** c, values of a context; 0 for none. */
    int classes();

    /** How the decoder's last numbers become values of pictures. */
    VaeSettings.Output output();
}
