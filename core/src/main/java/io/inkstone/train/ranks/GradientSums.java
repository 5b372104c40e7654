package io.inkstone.train.ranks;

import io.inkstone.layers.GradientWatch;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Sums the gradients of one set of parameters over all processes, a bucket at a time, while the backward pass still runs
 * (Li et al. 2020, "PyTorch Distributed", section 3.2). Process 0 alone brings along what earlier batches of an accumulated
 * step came to, so that after every batch all hold the same.
 *
 * <p>Which parameters share a bucket follows from their number and order alone, and so do the bytes of the sums. When a
 * bucket may begin is learned: once each of its parameters was given as many parts as in the fullest pass before; the first
 * pass begins none before its end. Where a further part comes after that, the sum of the bucket is formed again. Buckets
 * begin in their order, in every process, and the last one, which begins when the pass is over, carries the number of processes in
 * which each of the others came too early.
 */
final class GradientSums implements Exchange.Joining {
    private static final int BUCKETS = 8;
    private static final long SMALLEST_BUCKET = 64L << 10;
    private static final long LARGEST_BUCKET = 6L << 20;

    private final List<Tensor> parameters;
    private final ProcessGroup group;
    private final Consumer<ProcessGroup.Sum> await;
    private final GradientWatch watch;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Bucket[] bucketOf;
    private final int[] parts;
    private final int[] fullest;

    private int begun;
    private int passes;
    private int beside;

    /** @param await ends when a sum is there */
    GradientSums(List<Tensor> parameters, ProcessGroup group, Consumer<ProcessGroup.Sum> await) {
        this.parameters = parameters;
        this.group = group;
        this.await = await;
        parts = new int[parameters.size()];
        fullest = new int[parameters.size()];
        bucketOf = new Bucket[parameters.size()];
        fillBuckets();
        watch = new GradientWatch(parameters);
    }

    /** From the last parameter to the first: a network's last layers learn their gradients first. */
    private void fillBuckets() {
        long all = parameters.stream().mapToLong(Tensor::numel).sum();
        long enough = Math.min(LARGEST_BUCKET, Math.max(SMALLEST_BUCKET, all / BUCKETS));
        List<Integer> places = new ArrayList<>();
        long size = 0;
        for (int place = parameters.size() - 1; place >= 0; place--) {
            places.add(place);
            size += parameters.get(place).numel();
            if (size >= enough || place == 0) {
                Bucket bucket = new Bucket(places);
                places.forEach(one -> bucketOf[one] = bucket);
                buckets.add(bucket);
                places = new ArrayList<>();
                size = 0;
            }
        }
    }

    @Override
    public void during(Runnable backward) {
        begun = 0;
        buckets.forEach(Bucket::clear);
        Arrays.fill(parts, 0);
        if (!group.place().leads()) {
            Scope.run(() ->
                    parameters.forEach(parameter -> parameter.mutable_grad().reset()));
        }
        try (Scope scope = Scope.open()) {
            watch.during(this::came, backward);
            try (NoGradient none = NoGradient.begin()) {
                beside = begun;
                finish();
            }
        } finally {
            buckets.forEach(Bucket::release);
        }
        for (int place = 0; place < parts.length; place++) {
            fullest[place] = Math.max(fullest[place], parts[place]);
        }
        passes++;
    }

    /** How many sums began while the last pass ran. */
    int begunBeforeItsEnd() {
        return beside;
    }

    private void came(int place) {
        parts[place]++;
        Bucket bucket = bucketOf[place];
        if (bucket.flat != null) {
            bucket.early = true;
            return;
        }
        if (passes > 0 && parts[place] == fullest[place]) {
            beginReady();
        }
    }

    private void beginReady() {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            while (begun < buckets.size() - 1 && buckets.get(begun).isReady()) {
                buckets.get(begun++).begin(new double[0]);
            }
        }
    }

    private void finish() {
        Bucket last = buckets.get(buckets.size() - 1);
        while (begun < buckets.size() - 1) {
            buckets.get(begun++).begin(new double[0]);
        }
        last.begin(buckets.stream()
                .filter(bucket -> bucket != last)
                .mapToDouble(bucket -> bucket.early ? 1 : 0)
                .toArray());
        double[] early = last.handOut();
        for (int i = 0; i < early.length; i++) {
            Bucket bucket = buckets.get(i);
            if (early[i] > 0) {
                await.accept(bucket.sum);
                bucket.release();
                bucket.begin(new double[0]);
            }
            bucket.handOut();
        }
    }

    /** Parameters whose gradients travel together. */
    private final class Bucket {
        private final List<Integer> places;
        private Tensor flat;
        private ProcessGroup.Sum sum;
        private boolean early;

        Bucket(List<Integer> places) {
            this.places = places;
        }

        void clear() {
            early = false;
        }

        boolean isReady() {
            return places.stream().allMatch(place -> parts[place] >= fullest[place]);
        }

        /** @param more numbers that go along */
        void begin(double[] more) {
            long size = places.stream()
                    .mapToLong(place -> parameters.get(place).numel())
                    .sum();
            flat = Scope.own(Tensors.zeros(size + more.length));
            long at = 0;
            for (int place : places) {
                Tensor gradient = parameters.get(place).grad();
                long count = parameters.get(place).numel();
                if (gradient.defined()) {
                    flat.narrow(0, at, count).reshape(gradient.shape()).copy_(gradient);
                }
                at += count;
            }
            for (double number : more) {
                flat.narrow(0, at++, 1).fill_(new Scalar(number));
            }
            sum = group.sum(ProcessGroup.Way.GRADIENTS, flat);
        }

        /** @return the sums of the numbers that went along */
        double[] handOut() {
            await.accept(sum);
            long at = 0;
            for (int place : places) {
                Tensor gradient = parameters.get(place).grad();
                long count = parameters.get(place).numel();
                if (gradient.defined()) {
                    gradient.copy_(flat.narrow(0, at, count).reshape(gradient.shape()));
                }
                at += count;
            }
            long more = flat.numel() - at;
            return more == 0 ? new double[0] : Tensors.toDoubles(flat.narrow(0, at, more));
        }

        void release() {
            if (flat != null) {
                Scope.release(flat);
                flat = null;
            }
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
