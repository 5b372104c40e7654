package io.inkstone.run;

import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Families;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Ema;
import io.inkstone.train.Exchange;
import io.inkstone.train.Listener;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.ranks.RankPlace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A tiny training of a shipped recipe's system, whole or one process's part of it, on {@link SharedBatches}.
 *
 * @param name of what is trained
 * @param recipe whose system and keys
 * @param form of the pictures
 */
record SharedTraining(String name, Recipe recipe, DataForm form) {
    private static final Map<String, Integer> TIMES =
            Map.of("gan", 1, "vae", 1, "autoencoder", 1, "diffusion", 2, "modern diffusion", 1);

    /** One or more of each family. */
    static List<SharedTraining> all() {
        return List.of(
                of("dnn", "fashion-dnn", TinyTraining.form(1, 8)),
                of("gan", "fashion-gan", TinyTraining.form(1, 8), "model.latent=6"),
                of("spectral gan", "fashion-gan", TinyTraining.form(1, 8), "model.latent=6", "model.spectralNorm=true"),
                of("vae", "faces-vae", TinyTraining.form(3, 8), "model.channels=[8,12]", "model.latent=4"),
                of("bernoulli vae", "mnist-vae-nll", TinyTraining.form(1, 8), "model.hidden=[16,16]", "model.latent=4"),
                of(
                        "autoencoder",
                        "faces-autoencoder",
                        TinyTraining.form(3, 8),
                        "model.width=8",
                        "model.multipliers=[1,1]",
                        "model.latent=2",
                        "model.groups=4"),
                of("diffusion", "sprites", TinyTraining.form(3, 8), "model.width=8"),
                of(
                        "modern diffusion",
                        "sprites-modern",
                        TinyTraining.form(3, 8),
                        "model.width=8",
                        "model.multipliers=[1,2]",
                        "model.attention=[1]",
                        "model.dropout=0.1"),
                of("classifier", "sprites-classifier", TinyTraining.form(3, 8), "model.channels=[8,12]"));
    }

    private static SharedTraining of(String name, String recipe, DataForm form, String... keys) {
        return new SharedTraining(name, Recipes.load(recipe, List.of(keys)), form);
    }

    /**
     * What came of it.
     *
     * @param gradients after every backward pass, by name
     * @param losses of every step
     * @param state of the network and of its average at the end, by name
     */
    record Outcome(
            ArrayList<LinkedHashMap<String, float[]>> gradients,
            ArrayList<Double> losses,
            LinkedHashMap<String, float[]> state)
            implements Serializable {}

    /** Steps that move nothing, each of two batches: gradients of the same weights in every pass. */
    Outcome standing(Exchange exchange, Optional<RankPlace> place) {
        return train(
                exchange,
                place,
                new TrainingPlan(2, 2, OptimizerConfig.adam(1e-30), Precision.FLOAT32, ComputeDevice.CPU, new Seed(3)));
    }

    /** How often so many processes train it in full. */
    int times(int ranks) {
        return ranks == 4 ? name.equals("vae") ? 1 : 0 : TIMES.getOrDefault(name, 0);
    }

    /**
     * Whether two networks play against each other: norms over pictures that a new generator makes nearly alike divide by
     * nearly nothing, so rounding grows in every pass.
     */
    boolean isGame() {
        return recipe.system().equals("gan");
    }

    /** Fifty steps with the recipe's optimizer. */
    Outcome moving(Exchange exchange, Optional<RankPlace> place) {
        return train(
                exchange,
                place,
                new TrainingPlan(10, 1, recipe.optimizer(), Precision.FLOAT32, ComputeDevice.CPU, new Seed(3)));
    }

    private Outcome train(Exchange exchange, Optional<RankPlace> place, TrainingPlan plan) {
        Watched watched = new Watched(exchange, plan.accumulate() > 1);
        ArrayList<Double> losses = new ArrayList<>();
        Listener listener = new Listener() {
            @Override
            public void stepped(Trainer trainer, StepReport report) {
                losses.add(report.loss());
            }
        };
        try (Model model = built(Families.named(recipe.system()), Initializer.seeded(new Seed(1)));
                Model average = built(Families.named(recipe.system()), Initializer.empty());
                Trainer trainer = new Trainer(
                        model.objective(),
                        plan,
                        Optional.of(new Ema(model.network(), average.network(), 100)),
                        watched)) {
            trainer.run(new SharedBatches(form, plan.epochs(), place), List.of(listener));
            LinkedHashMap<String, float[]> state = new LinkedHashMap<>();
            floats("network/", model.network().state(), state);
            floats("average/", average.network().state(), state);
            return new Outcome(watched.gradients, losses, state);
        }
    }

    private <S> Model built(Family<S> family, Initializer init) {
        try (Scope scope = Scope.open()) {
            return family.build(init, family.fitted(family.settingsType().cast(recipe.settings()), form), form);
        }
    }

    private static void floats(String prefix, Map<String, Tensor> from, Map<String, float[]> to) {
        try (Scope scope = Scope.open()) {
            from.forEach((name, tensor) -> {
                if (tensor.defined()) {
                    to.put(prefix + name, Tensors.toFloats(tensor));
                }
            });
        }
    }

    /** Takes down the gradients that all have together. */
    private static final class Watched implements Exchange {
        private final Exchange exchange;
        private final boolean keeps;
        private final ArrayList<LinkedHashMap<String, float[]>> gradients = new ArrayList<>();

        Watched(Exchange exchange, boolean keeps) {
            this.exchange = exchange;
            this.keeps = keeps;
        }

        @Override
        public Joining joining(Map<String, Tensor> parameters) {
            Joining joining = exchange.joining(parameters);
            return new Joining() {
                @Override
                public void during(Runnable backward) {
                    joining.during(backward);
                    if (keeps) {
                        keep(parameters);
                    }
                }

                @Override
                public void close() {
                    joining.close();
                }
            };
        }

        private void keep(Map<String, Tensor> parameters) {
            try (Scope scope = Scope.open()) {
                Map<String, Tensor> now = new LinkedHashMap<>();
                parameters.forEach((name, parameter) -> now.put(name, parameter.grad()));
                LinkedHashMap<String, float[]> pass = new LinkedHashMap<>();
                floats("", now, pass);
                gradients.add(pass);
            }
        }

        @Override
        public double[] sums(double... numbers) {
            return exchange.sums(numbers);
        }

        @Override
        public boolean anywhere(boolean here) {
            return exchange.anywhere(here);
        }

        @Override
        public <T> T passing(Share share, Supplier<T> work) {
            return exchange.passing(share, work);
        }
    }
}
