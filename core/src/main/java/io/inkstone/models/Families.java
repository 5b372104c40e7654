package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.models.autoencoder.AutoencoderFamily;
import io.inkstone.models.dnn.DnnFamily;
import io.inkstone.models.gan.GanFamily;
import io.inkstone.models.unet.DiffusionFamily;
import io.inkstone.models.vae.VaeFamily;
import java.util.List;

/** All families, in the order in which they are listed. */
public final class Families {
    private static final List<Family<?>> ALL =
            List.of(new DnnFamily(), new GanFamily(), new VaeFamily(), new AutoencoderFamily(), new DiffusionFamily());

    private Families() {}

    public static List<Family<?>> all() {
        return ALL;
    }

    public static Family<?> named(String name) {
        return ALL.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("There is no system '%s'. Known: %s."
                        .formatted(
                                name,
                                String.join(", ", ALL.stream().map(Family::name).toList()))));
    }
}
