package io.inkstone.train;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Tensors;
import io.inkstone.text.ClipTokenizer;

/**
 * Batches whose captions come as ids too.
 *
 * @param source of batches with captions
 * @param tokenizer makes the ids
 * @param device where they go
 */
public record CaptionIds(BatchSource source, ClipTokenizer tokenizer, ComputeDevice device) implements BatchSource {
    @Override
    public Batches open(int epoch, int inEpoch) {
        Batches plain = source.open(epoch, inEpoch);
        return new Batches() {
            @Override
            public boolean hasNext() {
                return plain.hasNext();
            }

            @Override
            public Batch next() {
                Batch batch = plain.next();
                return batch.withCaptionIds(device.place(Tensors.of(tokenizer.ids(batch.captions()))));
            }

            @Override
            public double secondsWaited() {
                return plain.secondsWaited();
            }

            @Override
            public void close() {
                plain.close();
            }
        };
    }
}
