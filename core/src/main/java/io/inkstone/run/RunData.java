package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.ReorderedClasses;
import io.inkstone.data.SizeGroups;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.part.CodeCache;
import io.inkstone.run.part.TextPart;
import io.inkstone.tensor.Scope;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.train.BatchSource;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The pictures of a run as its recipe wants them: of one size or a few, cut into batches, some held out. */
public final class RunData implements AutoCloseable {
    private final DataSet source;
    private final Recipe recipe;
    private final Optional<ClassOrder> order;
    private final Preparation preparation;
    private final DataSet parts;
    private final PreparedSet train;
    private final SizeGroups groups;
    private final Optional<PreparedSet> heldOut;
    private final RunBatches batches;
    private Optional<ClipTokenizer> tokenizer = Optional.empty();

    /**
     * Of a run that begins.
     *
     * @param recipe resolved
     */
    public RunData(DataSet source, Recipe recipe) {
        this(source, recipe, CodeCache.MEMORY);
    }

    /** @param codeBytes of codes of a first stage that stay in memory */
    public RunData(DataSet source, Recipe recipe, long codeBytes) {
        this(source, SaidClasses.order(recipe, source.info()), preparation(recipe), new RunBatches(recipe, codeBytes));
    }

    /** @param order in which the run counts the classes of {@code source}; empty where they stay as they are */
    public RunData(DataSet source, Recipe recipe, Optional<ClassOrder> order) {
        this(source, order, preparation(recipe), new RunBatches(recipe, CodeCache.MEMORY));
    }

    private RunData(DataSet source, Optional<ClassOrder> order, Preparation preparation, RunBatches batches) {
        this.source = source;
        recipe = batches.recipe();
        this.order = order;
        this.preparation = preparation;
        this.batches = batches;
        DataSet wanted = recipe.data().captions() ? source : source.withoutCaptions();
        parts = wanted.holdingOut(recipe.data().heldOut());
        train = prepared(parts.train());
        groups = SizeGroups.of(train);
        heldOut = parts.heldOut().map(this::prepared);
    }

    /** For who wants to know what a run would have: a part of the pictures is decoded. */
    static RunData glance(DataSet source, Recipe recipe) {
        return new RunData(
                source,
                SaidClasses.order(recipe, source.info()),
                preparation(recipe).keeping(0),
                new RunBatches(recipe, CodeCache.MEMORY));
    }

    private static Preparation preparation(Recipe recipe) {
        DataConfig data = recipe.data();
        Preparation stopping = Preparation.of(data.transform());
        Preparation plain = data.skipDamaged() ? stopping.skippingDamaged() : stopping;
        return data.buckets(() -> sizes(recipe)).map(plain::inBuckets).orElse(plain);
    }

    /** What the network of a recipe takes. */
    private static Sizes sizes(Recipe recipe) {
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            return model.sizes();
        }
    }

    private PreparedSet prepared(PictureSet set) {
        PreparedSet prepared = preparation.prepare(set);
        return order.map(classes -> ReorderedClasses.of(prepared, classes)).orElse(prepared);
    }

    /** Of all of it, as it was opened. */
    DataInfo info() {
        return source.info();
    }

    /** What a run should remember of them. */
    public KnownData known() {
        return KnownData.of(
                recipe.data().source(),
                parts,
                order.map(ClassOrder::wanted).orElse(source.info().classes()));
    }

    /** Refuses a training that would make no step. */
    void requireSteps() {
        notesOfData().requireSteps(batchesPerEpoch());
        SmallestBatch.requireEnough(recipe, groups);
    }

    /** Tells {@code other} of long work from now on. */
    void say(Consumer<String> other) {
        batches.say(other);
    }

    /**
     * Refuses damaged pictures with their list, also those of sets that are too large to be decoded beforehand; what is decoded to
     * look at it is kept for the first epoch. Of several processes the first looks for all, and the others, which cannot read its
     * file without a name, decode their own rows in their first epoch.
     *
     * @param out where the run will be
     */
    void check(Path out) {
        check(RunBatches.Part.TRAINING, parts.train(), train, out);
        parts.heldOut().ifPresent(set -> check(RunBatches.Part.HELD_OUT, set, heldOut.orElseThrow(), out));
    }

    private void check(RunBatches.Part part, PictureSet set, PreparedSet prepared, Path out) {
        if (preparation.leavesUnchecked(set)) {
            preparation.check(
                    set,
                    batches.kept(part, prepared, out),
                    new Tenths("Looking for damage in " + part.words(), set.count(), batches.say()));
        }
    }

    /**
     * What {@code model} is trained on, shuffled anew each epoch, to the end of the recipe. For a model of codes all
     * pictures are encoded at the first call.
     *
     * @param folder of the run
     */
    public BatchSource batches(Model model, TrainingPlan training, Path folder) {
        tokenizer(); // what is wrong with it is said before anything is encoded
        return batches.training(train, new RunBatches.Pass(model, training, folder));
    }

    /** All held-out pictures once, in their order; empty for data without such. */
    public Optional<BatchSource> heldOutBatches(Model model, TrainingPlan training, Path folder) {
        tokenizer();
        return heldOut.map(set -> batches.heldOut(set, new RunBatches.Pass(model, training, folder)));
    }

    /** Reads the vocabulary that the recipe names, if it names one; refused where there are no captions for it. */
    Optional<ClipTokenizer> tokenizer() {
        Optional<Path> vocabulary = recipe.data().vocabulary();
        if (vocabulary.isPresent() && !parts.info().captioned()) {
            throw new InputException(Words.of(
                            "data.tokenizer makes ids of captions, and %s has none%s: leave it out.",
                            source.info().name(), source.info().captioned() ? " here (data.captions=false)" : ""))
                    .about("data.tokenizer=none");
        }
        if (tokenizer.isEmpty()) {
            tokenizer = vocabulary.map(ClipTokenizer::open);
        }
        return tokenizer;
    }

    /** Takes of every batch only the rows of the process at {@code rank}. */
    void sharedBy(RankPlace rank) {
        batches.sharedBy(rank);
    }

    int picturesPerEpoch() {
        return batches.plan().picturesPerEpoch(groups);
    }

    int batchesPerEpoch() {
        return batches.plan().batchesPerEpoch(groups);
    }

    /**
     * Some pictures that are not trained on, if there are such, else of the training set. Those of sets that are sorted by
     * class are of all classes, and so are the first of them.
     */
    public Examples examples(int count) {
        return Examples.first(count, heldOut.orElse(train).ofOneSize());
    }

    /** At most so many of the pictures that are trained on, from all over the set. */
    Examples spread(int count) {
        return Examples.of(train.ofOneSize(), train.spread(count));
    }

    /** A sentence about captions whose ends {@code model} does not read. */
    Optional<String> cutCaptions(Model model) {
        return TextPart.cut(model, train);
    }

    /** What should be said before training starts. */
    List<String> notes() {
        return notesOfData().all();
    }

    private DataNotes notesOfData() {
        return new DataNotes(source.info(), recipe, train, heldOut);
    }

    @Override
    public void close() {
        batches.close();
        source.close();
    }
}
