package io.inkstone.run.part;

import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import io.inkstone.models.TwoStage;
import io.inkstone.models.code.Coding;
import io.inkstone.run.Tenths;
import io.inkstone.train.TrainingPlan;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the codes of a set's pictures: the means of a first stage, scaled to unit variance. Entries from the number of pictures
 * on are mirrored ones. Codes of smaller pictures than the largest fill only the start of their entry.
 */
final class PictureCodes implements CodeFile.Encoder {
    private final PreparedSet set;
    private final TwoStage model;
    private final Coding coding;
    private final Tenths progress;
    private final CodeCache.Extent extent;

    /**
     * @param set the pictures
     * @param mirrored whether each is encoded mirrored too
     * @param model whose first stage encodes
     * @param training device and precision
     * @param store who is told how far it has come
     */
    PictureCodes(PreparedSet set, boolean mirrored, TwoStage model, TrainingPlan training, CodedBatches.Store store) {
        this.set = set;
        this.model = model;
        coding = new Coding(model.stage(), training.device(), training.precision());
        int entries = mirrored ? 2 * set.count() : set.count();
        progress = new Tenths("Encoding " + store.pictures(), entries, store.say());
        int most = IntStream.range(0, set.info().size().isPresent() ? 1 : set.count())
                .map(index -> values(shape(index)))
                .max()
                .orElseThrow();
        extent = new CodeCache.Extent(entries, most);
    }

    /** How many codes there are, and the values of the largest. */
    CodeCache.Extent extent() {
        return extent;
    }

    /** [c, h, w] of the code of picture {@code index}. */
    long[] shape(int index) {
        return set.info().size().isPresent()
                ? model.stage().latentShape()
                : model.stage().latentShape(set.size(index));
    }

    /** Numbers in a code of that shape. */
    static int values(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    @Override
    public float[] codes(int from, int to, MessageDigest content) {
        List<Pixels> pictures =
                IntStream.range(from, to).mapToObj(this::picture).toList();
        pictures.forEach(picture -> content.update(picture.data()));
        Map<Size, List<Integer>> alike = IntStream.range(0, pictures.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> set.size((from + i) % set.count())));
        float[] all = new float[pictures.size() * extent.size()];
        alike.values().forEach(some -> encode(pictures, some, all));
        progress.passed(from, to);
        return all;
    }

    /** Fills in the codes of {@code some} of the pictures, which have one size. */
    private void encode(List<Pixels> pictures, List<Integer> some, float[] all) {
        float[] codes = coding.means(
                        model.pictures().array(some.stream().map(pictures::get).toList()), List.of())
                .scaled(model.firstStage().scale())
                .toFloats();
        int size = codes.length / some.size();
        for (int i = 0; i < some.size(); i++) {
            System.arraycopy(codes, i * size, all, some.get(i) * extent.size(), size);
        }
    }

    @Override
    public void content(int from, int to, MessageDigest content) {
        for (int entry = from; entry < to; entry++) {
            content.update(picture(entry).data());
        }
    }

    private Pixels picture(int entry) {
        return entry < set.count()
                ? set.pixels(entry)
                : set.pixels(entry - set.count()).mirrored();
    }
}
