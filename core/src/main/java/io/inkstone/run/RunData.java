package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.MixedSet;
import io.inkstone.data.Order;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.ReorderedClasses;
import io.inkstone.data.SizeGroups;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sizes;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.models.TwoStage;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.TrainConfig;
import io.inkstone.run.part.CodeCache;
import io.inkstone.run.part.CodedBatches;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.train.BatchSource;
import io.inkstone.train.LoadedBatches;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The pictures of a run as its recipe wants them: one size, cut into batches, some held out. */
public final class RunData implements AutoCloseable {
    /** The address of the order whose first pictures are looked at. */
    private static final long EXAMPLES = 0x6C6F6F6B;

    private final DataSet source;
    private final Recipe recipe;
    private final Optional<ClassOrder> order;
    private final Preparation preparation;
    private final DataSet parts;
    private final PreparedSet train;
    private final Optional<PreparedSet> heldOut;
    private long codeBytes = CodeCache.MEMORY;
    private final Map<Part, CodedBatches> coded = new EnumMap<>(Part.class);
    private Consumer<String> say = sentence -> {};
    private Optional<RankPlace> place = Optional.empty();
    private Optional<ClipTokenizer> tokenizer = Optional.empty();

    private enum Part {
        TRAINING("the pictures", "training"),
        HELD_OUT("the held-out pictures", "held-out");

        private final String words;
        private final String file;

        Part(String words, String file) {
            this.words = words;
            this.file = file;
        }
    }

    /**
     * Of a run that begins.
     *
     * @param recipe resolved
     */
    public RunData(DataSet source, Recipe recipe) {
        this(source, recipe, SaidClasses.order(recipe, source.info()));
    }

    /** @param codeBytes of codes of a first stage that stay in memory */
    public RunData(DataSet source, Recipe recipe, long codeBytes) {
        this(source, recipe);
        this.codeBytes = codeBytes;
    }

    /** @param order in which the run counts the classes of {@code source}; empty where they stay as they are */
    public RunData(DataSet source, Recipe recipe, Optional<ClassOrder> order) {
        this(source, recipe, order, preparation(recipe));
    }

    private RunData(DataSet source, Recipe recipe, Optional<ClassOrder> order, Preparation preparation) {
        this.source = source;
        this.recipe = recipe;
        this.order = order;
        this.preparation = preparation;
        DataSet wanted = recipe.data().captions() ? source : source.withoutCaptions();
        parts = wanted.holdingOut(recipe.data().heldOut());
        train = prepared(parts.train());
        heldOut = parts.heldOut().map(this::prepared);
    }

    /** For who wants to know what a run would have: a part of the pictures is decoded. */
    static RunData glance(DataSet source, Recipe recipe) {
        return new RunData(
                source,
                recipe,
                SaidClasses.order(recipe, source.info()),
                preparation(recipe).keeping(0));
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
        SmallestBatch.requireEnough(recipe, SizeGroups.of(train));
    }

    /** Tells {@code other} of long work from now on. */
    void say(Consumer<String> other) {
        say = other;
    }

    /** Refuses damaged pictures with their list, also those of sets that are too large to be decoded beforehand. */
    void check() {
        check(Part.TRAINING, parts.train());
        parts.heldOut().ifPresent(set -> check(Part.HELD_OUT, set));
    }

    private void check(Part part, PictureSet set) {
        if (preparation.leavesUnchecked(set)) {
            preparation.check(set, new Tenths("Looking for damage in " + part.words, set.count(), say));
        }
    }

    /**
     * What {@code model} is trained on, shuffled anew each epoch, to the end of the recipe. For a model of codes all
     * pictures are encoded at the first call.
     *
     * @param folder of the run
     */
    public BatchSource batches(Model model, TrainingPlan training, Path folder) {
        return batches(new Passes(Part.TRAINING, train, rows(plan())), model, training, folder);
    }

    private record Passes(Part part, PreparedSet set, BatchPlan plan) {}

    private BatchSource batches(Passes passes, Model model, TrainingPlan training, Path folder) {
        tokenizer(); // what is wrong with it is said before anything is encoded
        if (model instanceof TwoStage two) {
            return coded.computeIfAbsent(
                    passes.part, part -> CodedBatches.of(passes.set, passes.plan, two, training, store(part, folder)));
        }
        return new LoadedBatches(passes.set, passes.plan, model.pictures().range(), training.device());
    }

    /** Reads the vocabulary that the recipe names, if it names one; refused where there are no captions for it. */
    Optional<ClipTokenizer> tokenizer() {
        Optional<Path> vocabulary = recipe.data().vocabulary();
        if (vocabulary.isPresent() && !parts.info().captioned()) {
            throw new InputException(Words.of(
                    "data.tokenizer makes ids of captions, and %s has none%s: leave it out (--set data.tokenizer=none).",
                    source.info().name(), source.info().captioned() ? " here (data.captions=false)" : ""));
        }
        if (tokenizer.isEmpty()) {
            tokenizer = vocabulary.map(ClipTokenizer::open);
        }
        return tokenizer;
    }

    private CodedBatches.Store store(Part part, Path folder) {
        return new CodedBatches.Store(part.words, part.file, folder, codeBytes, say);
    }

    /** Takes of every batch only the rows of the process at {@code rank}. */
    void sharedBy(RankPlace rank) {
        place = Optional.of(rank);
    }

    private BatchPlan rows(BatchPlan whole) {
        return place.map(at -> whole.sharedBy(at.rank(), at.ranks())).orElse(whole);
    }

    private BatchPlan plan() {
        TrainConfig config = recipe.train();
        long order = new Seed(config.seed()).at(Seed.Purpose.ORDER);
        return new BatchPlan(
                config.batch(),
                Order.shuffled(order),
                config.dropLast(),
                recipe.data().flip(),
                config.epochs());
    }

    /** All held-out pictures once, in their order; empty for data without such. */
    public Optional<BatchSource> heldOutBatches(Model model, TrainingPlan training, Path folder) {
        BatchPlan pass = rows(BatchPlan.pass(recipe.train().batch()));
        return heldOut.map(set -> batches(new Passes(Part.HELD_OUT, set, pass), model, training, folder));
    }

    int picturesPerEpoch() {
        return plan().picturesPerEpoch(SizeGroups.of(train));
    }

    int batchesPerEpoch() {
        return plan().batchesPerEpoch(SizeGroups.of(train));
    }

    /**
     * Some pictures that are not trained on, if there are such, else of the training set. Those of sets that are sorted by
     * class are of all classes, and so are the first of them.
     */
    public Examples examples(int count) {
        PictureSet set = new MixedSet(heldOut.orElse(train).ofOneSize(), EXAMPLES);
        return Examples.of(set, IntStream.range(0, Math.min(count, set.count())));
    }

    /** At most so many of the pictures that are trained on, from all over the set. */
    Examples spread(int count) {
        return Examples.of(train.ofOneSize(), train.spread(count));
    }

    /**
     * Pictures to look at, always the same ones.
     *
     * @param pictures in the size that the model sees
     * @param conditions what each is known to show
     * @param captions empty words where there are none
     */
    public record Examples(List<Pixels> pictures, List<Condition> conditions, List<String> captions) {
        private static Examples of(PictureSet set, IntStream indices) {
            List<Integer> chosen = indices.boxed().toList();
            return new Examples(
                    chosen.stream().map(set::pixels).toList(),
                    chosen.stream().map(index -> set.entry(index).condition()).toList(),
                    chosen.stream().map(index -> set.entry(index).caption()).toList());
        }
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
        coded.values().forEach(CodedBatches::close);
        source.close();
    }
}
