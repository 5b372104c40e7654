package io.inkstone.wish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import java.util.Optional;

/**
 * What drawing starts from instead of the seeds: an array's file, of noise or of latents; never both.
 *
 * @param noise [N, C, H, W]
 * @param latents [N, latent]
 */
public record Start(Optional<String> noise, Optional<String> latents) {
    public static final Start NOTHING = new Start(Optional.empty(), Optional.empty());

    public Start {
        if (noise.isPresent() && latents.isPresent()) {
            throw new InputException("noise and latents both say what to start from: give one of them.")
                    .about("noise", "latents");
        }
    }

    /** The file, if one was said. */
    public Optional<String> said() {
        return noise.or(() -> latents);
    }

    String file() {
        return said().orElseThrow();
    }

    Optional<NdArray> array() {
        return said().map(ArrayFiles::read);
    }

    Start absolute() {
        return new Start(noise.map(ArrayFiles::absolute), latents.map(ArrayFiles::absolute));
    }

    static Start read(Fields fields) {
        return new Start(fields.words("noise"), fields.words("latents"));
    }

    void write(ObjectNode json) {
        noise.ifPresent(file -> json.put("noise", file));
        latents.ifPresent(file -> json.put("latents", file));
    }
}
