package io.inkstone.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import io.inkstone.image.Resize;

/** How a picture of any shape becomes one of a given height and width. */
public enum Fit {
    /** Scaled until it covers the size, the middle kept: nothing is distorted, the ends of the longer side are lost. */
    @JsonProperty("crop")
    CROP {
        @Override
        Pixels apply(Pixels picture, int height, int width, Background background) {
            return Resize.centreCrop(Resize.covering(picture, width, height), width, height);
        }

        @Override
        double lost(int pictureHeight, int pictureWidth, int height, int width) {
            double across = (double) pictureWidth * height;
            double along = (double) pictureHeight * width;
            return 1 - Math.min(across, along) / Math.max(across, along);
        }
    },
    /** Scaled until it fits inside, on a plain background: nothing is lost or distorted. */
    @JsonProperty("pad")
    PAD {
        @Override
        Pixels apply(Pixels picture, int height, int width, Background background) {
            Pixels inside = Resize.inside(picture, width, height);
            int left = (width - inside.width()) / 2;
            int top = (height - inside.height()) / 2;
            return background.around(inside, left, top, width, height);
        }
    },
    /** Both sides scaled by factors of their own: nothing is lost, shapes are distorted. */
    @JsonProperty("squeeze")
    SQUEEZE {
        @Override
        Pixels apply(Pixels picture, int height, int width, Background background) {
            return Resize.to(picture, width, height);
        }
    };

    /** The picture as [height, width, C]; antialiased bilinear. */
    abstract Pixels apply(Pixels picture, int height, int width, Background background);

    /** The share of a picture's area that is not seen any more, in [0, 1). */
    double lost(int pictureHeight, int pictureWidth, int height, int width) {
        return 0;
    }
}
