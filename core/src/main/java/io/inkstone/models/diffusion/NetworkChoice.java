package io.inkstone.models.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.AutoInt;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.captioned.CaptionedUnet;
import io.inkstone.models.unet.ContextUnet;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.models.unet.ModernShape;
import io.inkstone.models.unet.ModernUnet;

/** Which network tells the noise from the picture. */
public enum NetworkChoice {
    /** The published small U-Net, {@link ContextUnet}. */
    @JsonProperty("context")
    CONTEXT {
        @Override
        DiffusionSettings.ModelGroup fitted(DiffusionSettings.ModelGroup model, DataForm data) {
            return model.with(new DiffusionSettings.ContextKeys(
                    AutoInt.of(context(model, data).pool()), model.context().up0()));
        }

        @Override
        DiffusionNetwork build(Initializer init, DiffusionSettings.ModelGroup model, DataForm data) {
            return new ContextUnet(init, context(model, data));
        }
    },
    /** Residual blocks that time and context scale and shift, with attention, {@link ModernUnet}. */
    @JsonProperty("modern")
    MODERN {
        @Override
        DiffusionSettings.ModelGroup fitted(DiffusionSettings.ModelGroup model, DataForm data) {
            modern(model, data);
            return model;
        }

        @Override
        DiffusionNetwork build(Initializer init, DiffusionSettings.ModelGroup model, DataForm data) {
            return new ModernUnet(init, modern(model, data));
        }
    },
    /** The modern network, told captions by a text encoder, {@link CaptionedUnet}. */
    @JsonProperty("captioned")
    CAPTIONED {
        @Override
        DiffusionSettings.ModelGroup fitted(DiffusionSettings.ModelGroup model, DataForm data) {
            modern(model, data);
            return model.reading();
        }

        @Override
        DiffusionNetwork build(Initializer init, DiffusionSettings.ModelGroup model, DataForm data) {
            return new CaptionedUnet(init, modern(model, data), model.text());
        }
    };

    /** The same settings with everything that was left to the data filled in; refuses what cannot be built. */
    abstract DiffusionSettings.ModelGroup fitted(DiffusionSettings.ModelGroup model, DataForm data);

    abstract DiffusionNetwork build(Initializer init, DiffusionSettings.ModelGroup model, DataForm data);

    private static ContextUnet.Shape context(DiffusionSettings.ModelGroup model, DataForm data) {
        return new ContextUnet.Shape(
                data.channels(),
                model.width(),
                data.side(),
                context(data),
                model.context().pool().or(Math.max(1, data.side() / 4)),
                model.context().up0());
    }

    private static ModernShape modern(DiffusionSettings.ModelGroup model, DataForm data) {
        DiffusionSettings.ModernKeys keys = model.modern();
        return new ModernShape(
                data.channels(),
                data.size(),
                context(data),
                model.width(),
                keys.multipliers(),
                keys.blocks(),
                keys.attention(),
                keys.patch(),
                keys.norm(),
                keys.dropout());
    }

    /** Data without labels gets a context of one entry that is always zero: the published network has no other form. */
    private static int context(DataForm data) {
        return Math.max(1, data.classes().size());
    }
}
