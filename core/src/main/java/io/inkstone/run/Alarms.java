package io.inkstone.run;

import io.inkstone.train.Concern;
import io.inkstone.train.Concern.Kind;
import io.inkstone.train.Listener;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Notices by its figures that training is going wrong while every loss is still a number. A figure must be bad for a while
 * before anything is said: at the beginning, and for a moment later on, all of them may be.
 *
 * <p>Told of steps and epochs before those who save: what it calls sound is kept.
 */
public final class Alarms implements Listener {
    /** Steps that a running mean of the loss goes back. */
    private static final int STEPS = 20;
    /** So often its lowest mean, and worse than at the beginning, is an explosion; a third of that is suspicious. */
    private static final double EXPLOSION = 10;

    /** Nats that a value of a code has at least where it tells anything (Burda et al. 2016 call 0.01 of variance active). */
    private static final double LEAST_NATS = 0.01;
    /** Of the discriminator: 0.99 for each real picture and 0.01 for each made one. */
    private static final double BEATEN_NATS = 0.02;
    /** Of pictures, relative to real ones. */
    private static final double LEAST_DIVERSITY = 0.02;

    private static final double GUESSING = 2 * Math.log(2);
    /** Epochs in a row. */
    private static final int EPOCHS = 2;
    /** Before that nothing has been learned that could be lost. */
    private static final long FIRST_STEP = 200;

    private final Path metrics;
    private final Set<Kind> told = EnumSet.noneOf(Kind.class);
    private final Map<Kind, Integer> badEpochs = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> soundAt = new EnumMap<>(Kind.class);
    private OptionalDouble beginning = OptionalDouble.empty();
    private double mean;
    private double lowest = Double.POSITIVE_INFINITY;
    private long steps;

    /** @param metrics where an earlier sitting wrote what the loss was at the beginning */
    public Alarms(Path metrics) {
        this.metrics = metrics;
    }

    @Override
    public void started(Trainer trainer) {
        beginning = JsonLines.read(metrics).stream()
                .filter(line -> line.has("loss") && !line.has(MetricsLog.SPLIT))
                .mapToDouble(line -> line.path("loss").asDouble())
                .findFirst();
    }

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        if (isGame(trainer)) {
            return; // its losses tell who is ahead, and either may grow
        }
        steps++;
        mean += (report.loss() - mean) / Math.min(steps, STEPS);
        if (steps < STEPS) {
            return;
        }
        if (beginning.isEmpty()) {
            beginning = OptionalDouble.of(mean);
        }
        lowest = Math.min(lowest, mean);
        boolean worse = mean > beginning.getAsDouble();
        judge(trainer, Kind.EXPLODING_LOSS, worse && mean > EXPLOSION / 3 * lowest);
        if (worse && mean > EXPLOSION * lowest) {
            tell(trainer, Kind.EXPLODING_LOSS, mean, lowest);
        }
    }

    @Override
    public void epochTrained(Trainer trainer, MeanLosses losses) {
        Double divergence = losses.byName().get("kl");
        if (divergence != null) {
            epoch(trainer, Kind.DEAD_CODES, divergence, LEAST_NATS, LEAST_NATS);
        }
        if (isGame(trainer)) {
            Double discriminator = losses.byName().get("discriminator");
            if (discriminator != null) {
                epoch(trainer, Kind.BEATEN_GENERATOR, discriminator, BEATEN_NATS, GUESSING);
            }
        }
    }

    /** How much pictures that were drawn after an epoch differ, relative to real ones. */
    public void drawn(Trainer trainer, double diversity) {
        if (isGame(trainer) && Double.isFinite(diversity)) {
            epoch(trainer, Kind.COLLAPSED_PICTURES, diversity, LEAST_DIVERSITY, LEAST_DIVERSITY);
        }
    }

    /** The last step at which nothing was the matter; far ahead while nothing is. */
    public long soundUntil() {
        return soundAt.entrySet().stream()
                .filter(kind -> badEpochs.getOrDefault(kind.getKey(), 0) > 0)
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static boolean isGame(Trainer trainer) {
        return trainer.objective().phases().size() > 1;
    }

    private void epoch(Trainer trainer, Kind kind, double figure, double least, double usual) {
        boolean bad = figure < least && trainer.position().step() >= FIRST_STEP;
        judge(trainer, kind, bad);
        if (bad && badEpochs.get(kind) >= EPOCHS) {
            tell(trainer, kind, figure, usual);
        }
    }

    private void judge(Trainer trainer, Kind kind, boolean bad) {
        if (bad) {
            badEpochs.merge(kind, 1, Integer::sum);
            soundAt.putIfAbsent(kind, 0L);
        } else {
            badEpochs.remove(kind);
            soundAt.put(kind, trainer.position().step());
        }
    }

    private void tell(Trainer trainer, Kind kind, double figure, double usual) {
        if (told.add(kind)) {
            trainer.tell(new Concern(kind, trainer.position(), figure, usual, soundAt.get(kind)));
        }
    }
}
