package io.inkstone.run;

import io.inkstone.condition.Condition;
import io.inkstone.models.DataForm;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.ranks.RankPlace;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Random pictures, functions of their batch's number: epochs of four batches of sixteen and one of three, which is fewer than
 * some have processes.
 *
 * @param form of the pictures
 * @param epochs how many
 * @param place whose rows of each batch are taken; empty for all
 */
record SharedBatches(DataForm form, int epochs, Optional<RankPlace> place) implements BatchSource {
    private static final List<Integer> BATCHES = List.of(16, 16, 16, 16, 3);

    @Override
    public Batches open(int epoch, int inEpoch) {
        return new Batches() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < epochs * BATCHES.size();
            }

            @Override
            public Batch next() {
                return batch(next++);
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private Batch batch(int number) {
        int count = BATCHES.get(number % BATCHES.size());
        Tensor whole = Tensors.uniform(
                new Seed(9).generator(Seed.Purpose.ORDER, number), count, form.channels(), form.side(), form.side());
        Share share = place.map(at -> Share.of(count, at.rank(), at.ranks())).orElse(Share.all(count));
        List<Condition> conditions = IntStream.range(share.first(), share.first() + share.count())
                .mapToObj(row -> Condition.oneOf((row + number) % 2, 2))
                .toList();
        return new Batch(
                Tensors.channelsLast(whole.narrow(0, share.first(), share.count())),
                conditions,
                number % BATCHES.size() == BATCHES.size() - 1,
                share);
    }
}
