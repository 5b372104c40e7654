package io.inkstone.bench;

import static io.inkstone.bench.Targets.Ratio.atLeast;
import static io.inkstone.bench.Targets.Ratio.atMost;

import io.inkstone.bench.Targets.Limit;
import io.inkstone.bench.Targets.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the report: a piece of work that every side does with the same weights and numbers.
 *
 * @param name how {@code bench/run} calls it
 * @param title for readers
 * @param kind train, sample, code, input, start or rates
 * @param recipe whose network, data and optimizer are used
 * @param set overrides of its keys
 * @param tasks what is measured; a row of two tasks shares its processes
 * @param traits what is special about it
 * @param targets what is to be reached
 */
record Row(
        String name,
        String title,
        String kind,
        String recipe,
        List<String> set,
        List<String> tasks,
        Traits traits,
        Targets targets) {
    /** A kind whose model is no recipe's but a folder's. */
    static final String STABLE = "stable";

    /** What such a row sets for a network so small that its figures mean nothing. */
    static final String TINY = "tiny";

    /**
     * What is special about a row.
     *
     * @param alone its processes take so much memory that each side runs alone, round after round
     * @param compiled whether torch.compile is tried
     * @param library whether it is also measured without the launcher's allocator settings
     * @param djl whether DJL can express it
     * @param busy whether its tasks are the {@link Neighbour}s that it is done beside
     */
    record Traits(boolean alone, boolean compiled, boolean library, boolean djl, boolean busy) {
        static final Traits NONE = new Traits(false, false, false, false, false);

        Traits besideNeighbours() {
            return new Traits(alone, compiled, library, djl, true);
        }

        Traits inLibrary() {
            return new Traits(alone, compiled, true, djl, busy);
        }

        Traits inDjl() {
            return new Traits(alone, compiled, library, true, busy);
        }

        Traits withCompiler() {
            return new Traits(alone, true, library, djl, busy);
        }

        Traits eachAlone() {
            return new Traits(true, compiled, library, djl, busy);
        }
    }

    /** All rows. */
    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        Targets unet = Targets.ratios(atLeast(3, 5), atLeast(1.5, 2), atMost(1.8, 1.4));
        Targets small = Targets.ratios(atLeast(2, 3), atLeast(1.3, 1.6), atMost(2.4, 1.8));
        Targets sampling = Targets.ratios(atLeast(4, 6), atLeast(1.8, 2.5), atMost(1.6, 1.3));
        Targets coding = Targets.ratios(atLeast(4, 6), atLeast(1.3, 1.5), atMost(1.3, 1.15));
        Targets autoencoder = Targets.ratios(atLeast(4, 8), atLeast(1.4, 1.7), atMost(1.4, 1.2))
                .inLibrary(atMost(1.05, 1.05))
                .with(new Limit("step", Measure.PEAK_MEGABYTES, 6500));
        rows.add(train("unet-16", "U-Net training step, 64 features, 16×16×3, batch 100", "sprites", 100, unet)
                .with(Traits.NONE.withCompiler().inLibrary()));
        rows.add(train("unet-28", "U-Net training step, 64 features, 28×28×1, batch 64", "sprites", 64, unet)
                .with("data.source=fashion-mnist") // the recipes of this data answer the velocity, and are narrower
                .with(Traits.NONE.inLibrary()));
        rows.add(train("dnn", "Generator training step, 28×28×1, batch 64", "fashion-dnn", 64, small)
                .with(Traits.NONE.withCompiler().inDjl()));
        rows.add(train("vae", "VAE training step, 64×64×3, batch 16", "celeba-vae", 16, small)
                .with(Traits.NONE.withCompiler().inDjl()));
        rows.add(new Row(
                "sample",
                "32 sprites drawn",
                "sample",
                "sprites",
                List.of(),
                List.of("ddim", "ddpm"),
                Traits.NONE.withCompiler(),
                sampling));
        rows.add(train(
                        "autoencoder-128",
                        "Autoencoder training step, 128×128×3, batch 1",
                        "captioned-autoencoder",
                        1,
                        Targets.NONE)
                .with("data.size=128")
                .with(Traits.NONE.inLibrary()));
        rows.add(new Row(
                "code-512",
                "Autoencoder, one picture of 512×512×3",
                "code",
                "captioned-autoencoder",
                List.of(),
                List.of("encode", "decode"),
                Traits.NONE,
                coding));
        rows.add(train(
                        "autoencoder-512",
                        "Autoencoder training step, 512×512×3, batch 1",
                        "captioned-autoencoder",
                        1,
                        autoencoder)
                .with(Traits.NONE.inLibrary().eachAlone()));
        rows.add(stable(
                "sd-open",
                "Stable Diffusion 1.x, a folder of 4 GB opened",
                "open",
                Targets.besideBest(atLeast(1.43, 1.43))));
        rows.add(stable(
                "sd-step",
                "Stable Diffusion 1.x, one call of the U-Net for two conditions, 512×512",
                "step",
                Targets.ratios(atLeast(3, 5), atLeast(1.5, 2.2), atMost(1.4, 1.2))));
        rows.add(stable(
                "sd-picture",
                "Stable Diffusion 1.x, a picture of 512×512, 20 DDIM steps with guidance, decoded",
                "picture",
                Targets.ratios(atLeast(3, 5), atLeast(1.5, 2), atMost(1.4, 1.2))
                        .with(new Limit("picture", Measure.PEAK_MEGABYTES, 4000))));
        rows.add(new Row(
                "input",
                "1,000 pictures, JPEG 178×218 to 64×64 in batches of 16",
                "input",
                "celeba-vae",
                List.of(),
                List.of("first", "cached"),
                Traits.NONE,
                Targets.NONE.with(
                        new Limit("first", Measure.PICTURES_PER_SECOND, 1500),
                        new Limit("cached", Measure.PICTURES_PER_SECOND, 20_000))));
        rows.add(new Row(
                "start",
                "Start-up, whole processes",
                "start",
                "sprites",
                List.of(),
                List.of("help", "one-sprite"),
                Traits.NONE,
                Targets.NONE.with(
                        new Limit("help", Measure.MILLISECONDS, 300),
                        new Limit("one-sprite", Measure.MILLISECONDS, 1300))));
        rows.add(busy("busy", "U-Net training step, 16×16×3, batch 100, beside other programs", "train", "sprites", 100));
        rows.add(busy("busy-autoencoder", "Autoencoder training step, 64×64×3, batch 8, beside other programs", "train", "faces-autoencoder", 8));
        rows.add(busy("busy-sample", "32 sprites drawn, 20 DDIM steps, beside other programs", "sample", "sprites", 100));
        return rows;
    }

    private static Row stable(String name, String title, String task, Targets targets) {
        Traits alone = Traits.NONE.eachAlone();
        return new Row(name, title, STABLE, "stable-diffusion", List.of(), List.of(task), alone, targets);
    }

    private static Row busy(String name, String title, String kind, String recipe, int batch) {
        List<String> set = List.of("train.batch=" + batch, "train.accumulate=1");
        List<String> tasks = java.util.Arrays.stream(Neighbour.values()).map(Neighbour::word).toList();
        return new Row(name, title, kind, recipe, set, tasks, Traits.NONE.besideNeighbours(), Targets.NONE);
    }

    private static Row train(String name, String title, String recipe, int batch, Targets targets) {
        List<String> set = List.of("train.batch=" + batch, "train.accumulate=1");
        return new Row(name, title, "train", recipe, set, List.of("step"), Traits.NONE, targets);
    }

    Row with(Traits other) {
        return new Row(name, title, kind, recipe, set, tasks, other, targets);
    }

    Row with(String... more) {
        List<String> all = new ArrayList<>(set);
        all.addAll(List.of(more));
        return new Row(name, title, kind, recipe, all, tasks, traits, targets);
    }

    /** The same row with a network so small that a trial of the ruler takes seconds; its figures mean nothing. */
    Row tiny() {
        return switch (recipe) {
            case "captioned-autoencoder" -> with("model.width=32", "data.size=64");
            case "sprites" -> with("model.width=16");
            case "stable-diffusion" -> with(TINY);
            default -> this;
        };
    }

    /** The row as a quick run has it; nothing where it takes too long. */
    Optional<Row> quick() {
        return switch (name) {
            case "unet-16", "dnn", "vae" -> Optional.of(this);
            case "sample" -> Optional.of(new Row(name, title, kind, recipe, set, List.of("ddim"), traits, targets));
            default -> Optional.empty();
        };
    }

    /** Not a row of the report: what the machine can do. */
    static Row rates() {
        return new Row("rates", "", "rates", "sprites", List.of(), List.of("rates"), Traits.NONE, Targets.NONE);
    }

    /** Whether the time is spent in products whose ceiling can be measured. */
    boolean computes() {
        return List.of("train", "sample", "code").contains(kind) || kind.equals(STABLE) && !tasks.contains("open");
    }
}
