package io.inkstone.models.gan;

import io.inkstone.layers.Layer;
import io.inkstone.models.code.LatentInputs;
import io.inkstone.tensor.Shapes;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Phase;
import io.inkstone.train.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The game of Goodfellow et al. 2014, eq. 1, with the generator's loss of its section 3 that does not saturate. Every batch
 * first trains the discriminator, then the generator against the discriminator that results.
 *
 * <p>Logged: {@code discriminator} (2·ln 2 = 1.39 when it can only guess) and {@code generator} (0.69 then), in nats, and
 * {@code realScore} and {@code fakeScore}, the mean probability of being real that the discriminator gives to real and
 * made pictures.
 */
record GanObjective(GanNetwork network, LatentInputs inputs) implements Objective {
    @Override
    public List<Phase> phases() {
        return List.of(new Discriminating(this), new Generating(this));
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(
                new Quantity("losses", Quantity.NATS, List.of("discriminator", "generator")),
                new Quantity("probability of being real", "", List.of("realScore", "fakeScore")));
    }

    /** Both losses only tell who is ahead, not how good the pictures are. */
    @Override
    public boolean validates() {
        return false;
    }

    private Tensor made(Batch batch, Draws draws) {
        return network.generator().apply(inputs.latents(batch, draws), inputs.contexts(batch));
    }

    /** −ln of the probability that the discriminator gives to the truth {@code real}, mean over the batch. */
    static Tensor loss(Tensor logits, boolean real) {
        Shapes.require("Logits of the discriminator", logits, Shapes.ANY, 1);
        Tensor truth = torch.full_like(logits, new Scalar(real ? 1.0 : 0.0));
        return torch.binary_cross_entropy_with_logits(logits, truth);
    }

    private record Discriminating(GanObjective game) implements Phase {
        @Override
        public String name() {
            return "discriminator";
        }

        @Override
        public Layer trained() {
            return game.network.discriminator();
        }

        @Override
        public Losses losses(Batch batch, Draws draws) {
            Tensor contexts = game.inputs.contexts(batch);
            // Two passes: one batch norm over both would tell them apart by its statistics.
            Tensor real = judged(batch.pictures(), contexts);
            Tensor fake = judged(game.made(batch, draws).detach(), contexts);
            return new Losses(
                    loss(real, true).add(loss(fake, false)),
                    new TreeMap<>(Map.of(
                            "realScore", real.sigmoid().mean(),
                            "fakeScore", fake.sigmoid().mean())));
        }

        private Tensor judged(Tensor pictures, Tensor contexts) {
            return game.network.discriminator().apply(pictures, contexts);
        }
    }

    private record Generating(GanObjective game) implements Phase {
        @Override
        public String name() {
            return "generator";
        }

        @Override
        public Layer trained() {
            return game.network.generator();
        }

        @Override
        public Losses losses(Batch batch, Draws draws) {
            Tensor logits = game.network.discriminator().apply(game.made(batch, draws), game.inputs.contexts(batch));
            return Losses.of(loss(logits, true));
        }
    }
}
