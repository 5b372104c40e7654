package io.inkstone.run;

import io.inkstone.Words;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.DecodedFile;
import io.inkstone.data.Order;
import io.inkstone.data.PreparedSet;
import io.inkstone.models.Model;
import io.inkstone.models.TwoStage;
import io.inkstone.models.captioned.CaptionConditions;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.TrainConfig;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.run.part.CodedBatches;
import io.inkstone.run.part.TextStates;
import io.inkstone.tensor.Seed;
import io.inkstone.train.BatchSource;
import io.inkstone.train.LoadedBatches;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.ranks.RankPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The passes of a run through its pictures: batches of them, or of their codes, which are kept until it is closed. */
final class RunBatches implements AutoCloseable {
    private final Recipe recipe;
    private final long codeBytes;
    private final Map<Part, CodedBatches> coded = new EnumMap<>(Part.class);
    private final Map<Part, DecodedFile> decoded = new EnumMap<>(Part.class);
    private Optional<TextStates> texts = Optional.empty();
    private Consumer<String> say = sentence -> {};
    private Optional<RankPlace> place = Optional.empty();

    /** What the pictures of a run are for. */
    enum Part {
        TRAINING("the pictures", "training"),
        HELD_OUT("the held-out pictures", "held-out");

        private final String words;
        private final String file;

        Part(String words, String file) {
            this.words = words;
            this.file = file;
        }

        /** As a sentence calls them. */
        String words() {
            return words;
        }
    }

    /**
     * One way through a part of the pictures.
     *
     * @param model that learns from them
     * @param training of which it is a part
     * @param folder of the run
     */
    record Pass(Model model, TrainingPlan training, Path folder) {}

    /** @param codeBytes of codes of a first stage that stay in memory */
    RunBatches(Recipe recipe, long codeBytes) {
        this.recipe = recipe;
        this.codeBytes = codeBytes;
    }

    /** Which cuts them. */
    Recipe recipe() {
        return recipe;
    }

    /** Tells {@code other} of long work from now on. */
    void say(Consumer<String> other) {
        say = other;
    }

    /** Tells of long work, in a sentence. */
    Consumer<String> say() {
        return say;
    }

    /** Takes of every batch only the rows of the process at {@code rank}. */
    void sharedBy(RankPlace rank) {
        place = Optional.of(rank);
    }

    /** Of what is trained on, shuffled anew each epoch. */
    BatchSource training(PreparedSet set, Pass pass) {
        return of(Part.TRAINING, set, rows(plan()), pass);
    }

    /** Of what is held out, once, in its order. */
    BatchSource heldOut(PreparedSet set, Pass pass) {
        return of(Part.HELD_OUT, set, rows(BatchPlan.pass(recipe.train().batch())), pass);
    }

    private BatchSource of(Part part, PreparedSet set, BatchPlan plan, Pass pass) {
        if (part == Part.TRAINING
                && pass.model().conditions() instanceof CaptionConditions conditions
                && conditions.keys().given()) {
            texts = texts.or(() -> Optional.of(TextStates.of(set, conditions, store(part, pass))));
        }
        if (pass.model() instanceof TwoStage two) {
            return coded.computeIfAbsent(part, missing -> coded(part, set, plan, two, pass));
        }
        return new LoadedBatches(
                decoded(part, set, pass.folder()),
                plan,
                pass.model().pictures().range(),
                pass.training().device());
    }

    /** Once there are codes, nobody asks for pixels any more. */
    private CodedBatches coded(Part part, PreparedSet set, BatchPlan plan, TwoStage model, Pass pass) {
        DecodedFile looked = decoded.remove(part);
        try {
            return CodedBatches.of(looked == null ? set : looked, plan, model, pass.training(), store(part, pass));
        } finally {
            if (looked != null) {
                looked.close();
            }
        }
    }

    /**
     * Where pictures are kept that are decoded before the run at {@code out} begins; empty where they are not, of which the
     * first epoch speaks.
     */
    Optional<DecodedFile> kept(Part part, PreparedSet set, Path out) {
        Optional<Path> folder = DiskSpace.standing(out);
        if (!set.decodes() || folder.isEmpty() || !DecodedFile.fits(set, folder.get())) {
            return Optional.empty();
        }
        try {
            return Optional.of(keep(part, set, folder.get()));
        } catch (IOException unwritable) {
            return Optional.empty();
        }
    }

    private DecodedFile keep(Part part, PreparedSet set, Path folder) throws IOException {
        DecodedFile file = DecodedFile.of(set, folder);
        decoded.put(part, file);
        say.accept(Words.of(
                "%s kept on the disk as bytes from now on, %.1f GB at %s, for as long as this training runs.",
                capital(part), DecodedFile.bytes(set) / 1e9, folder));
        return file;
    }

    /** What is decoded as it is asked for is kept on the disk from its first pass on, where there is room. */
    private PreparedSet decoded(Part part, PreparedSet set, Path folder) {
        if (decoded.containsKey(part)) {
            return decoded.get(part);
        }
        if (!set.decodes() || recipe.train().epochs() < 2) {
            return set;
        }
        if (!DecodedFile.fits(set, folder)) {
            return anew(
                    part,
                    set,
                    Words.of(
                            "keeping them as bytes would take %.1f GB and leave too little free at %s",
                            DecodedFile.bytes(set) / 1e9, folder));
        }
        try {
            return keep(part, set, folder);
        } catch (IOException unwritable) {
            return anew(
                    part, set, Words.of("they cannot be kept as bytes at %s (%s)", folder, unwritable.getMessage()));
        }
    }

    private PreparedSet anew(Part part, PreparedSet set, String why) {
        say.accept(Words.of("%s decoded anew in each epoch: %s.", capital(part), why));
        return set;
    }

    private static String capital(Part part) {
        return Character.toUpperCase(part.words.charAt(0)) + part.words.substring(1) + " are";
    }

    private CodedBatches.Store store(Part part, Pass pass) {
        return new CodedBatches.Store(part.words, part.file, pass.folder(), codeBytes, say);
    }

    private BatchPlan rows(BatchPlan whole) {
        return place.map(at -> whole.sharedBy(at.rank(), at.ranks())).orElse(whole);
    }

    /** How the recipe cuts what is trained on into batches. */
    BatchPlan plan() {
        TrainConfig config = recipe.train();
        long order = new Seed(config.seed()).at(Seed.Purpose.ORDER);
        return new BatchPlan(
                config.batch(),
                Order.shuffled(order),
                config.dropLast(),
                recipe.data().flip(),
                config.epochs());
    }

    @Override
    public void close() {
        decoded.values().forEach(DecodedFile::close);
        coded.values().forEach(CodedBatches::close);
        texts.ifPresent(TextStates::close);
    }
}
