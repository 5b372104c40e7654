package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.recipe.TrainConfig;
import io.inkstone.tensor.AdaptedThreads;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Hardware;
import io.inkstone.train.Exchange;
import io.inkstone.train.OnDivergence;
import io.inkstone.train.Trainer;
import io.inkstone.train.ranks.RankExchange;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * The processes that train a run together. Process 0 leads: it alone writes; the others follow, with the same data and
 * the same checkpoint before them.
 */
record RunRanks(Optional<RankExchange> others) {
    Exchange exchange(Recipe recipe) {
        int every = recipe.train().syncEverySteps();
        return others.map(one -> one.every(every)).orElse(Exchange.ALONE);
    }

    /** Refuses to average weights now and then where that makes no sense or was not tried. */
    void requireMeetings(Recipe recipe, Trainer trainer) {
        TrainConfig train = recipe.train();
        int every = train.syncEverySteps();
        if (every == 1) {
            return;
        }
        if (trainer.objective().phases().size() > 1) {
            throw otherwise(Words.of(
                    "train.syncEverySteps=%d is for one network, and %s trains two against each other: set it to 1.",
                    every, recipe.system()));
        }
        if (train.accumulate() > 1 || train.onDivergence() == OnDivergence.SKIP) {
            throw otherwise(Words.of(
                    "train.syncEverySteps=%d goes with train.accumulate=1 and train.onDivergence=stop only, got %d and %s: set it to 1, or set those.",
                    every, train.accumulate(), train.onDivergence().name().toLowerCase(Locale.ROOT)));
        }
        if (others.isEmpty()) {
            throw otherwise(Words.of(
                    "train.syncEverySteps=%d says how often several processes average their weights, but one process trains here: start several, or set it to 1.",
                    every));
        }
    }

    private static InputException otherwise(String sentence) {
        return new InputException(sentence).about("train.syncEverySteps=1");
    }

    boolean follow() {
        return others.isPresent() && !others.get().place().leads();
    }

    /** Refuses what several processes cannot train, or would not train alike. */
    void join(Recipe recipe, RunData data, ComputeDevice device) {
        others.ifPresent(exchange -> {
            exchange.place().requireDivides(recipe.train().batch());
            if (device.type() != DeviceType.CPU) {
                throw new InputException("Several processes train on CPUs only so far: train by one, or on a CPU.")
                        .about("ranks", "device=cpu");
            }
            if (AdaptedThreads.inForce()) {
                throw new InputException(
                        "Several processes train with a fixed number of threads, so that their weights stay the same: leave INKSTONE_THREADS out.");
            }
            exchange.requireSame("the version of Inkstone", Environment.version());
            exchange.requireSame("the code", CodeHash.here());
            exchange.requireSame("the recipe", Recipes.print(recipe));
            requireAlike(exchange, Environment.here(device, recipe.train().precision()));
            KnownData known = data.known();
            exchange.requireSame(
                    "the pictures",
                    known.training().pictures() + " of list " + known.training().list() + ", held out "
                            + known.heldOut().list());
            data.sharedBy(exchange.place());
        });
    }

    /** Each process steps by itself: only where all compute alike do their weights stay the same. */
    private static void requireAlike(RankExchange exchange, Environment here) {
        exchange.requireSame("the precision", here.precision().word());
        exchange.requireSame("the type of the processor", Hardware.here().type());
        exchange.requireSame("the version of libtorch", here.libtorch());
        exchange.requireSame("the number of threads (OMP_NUM_THREADS)", String.valueOf(here.threads()));
    }

    /** Refuses to train where processes stand elsewhere: with other weights, or at another checkpoint. */
    void requireSameStart(Trainer trainer) {
        others.ifPresent(exchange -> exchange.requireSame("where the training stands", StateSum.of(trainer)));
    }

    /** The leader says that the directory is there; the others wait for it. */
    RunDirectory opened(Path root) {
        others.ifPresent(exchange -> exchange.ofLeader("directory", root::toString));
        return new RunDirectory(root);
    }

    /** What fails here is told to the others. */
    <T> T training(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            fail(failure);
            throw failure;
        }
    }

    void fail(Throwable failure) {
        others.ifPresent(exchange -> exchange.fail(failure));
    }
}
