package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedFileTest {
    private static final int COUNT = 150;

    @TempDir
    private Path folder;

    private final AtomicInteger decoded = new AtomicInteger();

    /** Pictures of several sizes. */
    private final PictureSet source = new PictureSet() {
        @Override
        public DataInfo info() {
            return DataInfo.of("varied", COUNT, Optional.empty(), 3);
        }

        @Override
        public Pixels pixels(int index) {
            decoded.incrementAndGet();
            return Pixels.filled(4 + index % 5, 4, 0x010203 * (1 + index % 80));
        }

        @Override
        public Entry entry(int index) {
            return Entry.of("s" + index);
        }
    };

    private PreparedSet streamed() {
        return Preparation.of(new Transform(OptionalInt.empty(), 4, 3))
                .keeping(0)
                .prepare(source);
    }

    @Test
    void aSecondPassDecodesNothingAndGivesTheSameBytes() throws IOException {
        PreparedSet set = streamed();
        assertThat(set.decodes()).isTrue();
        try (DecodedFile file = DecodedFile.of(set, folder)) {
            assertThat(file.decodes()).isFalse();
            for (int pass = 0; pass < 2; pass++) {
                // The first of one epoch: where two meet, two threads may be about the same picture.
                BatchPlan plan = BatchPlan.training(7, 3).withFlip(true).withEpochs(1 + pass);
                decoded.set(0);
                ByteBuffer bytes = all(file, plan);
                assertThat(decoded.get()).isEqualTo(pass == 0 ? COUNT : 0);
                assertThat(bytes).isEqualTo(all(set, plan));
            }
            try (Stream<Path> seen = Files.list(folder)) {
                assertThat(seen).isEmpty();
            }
        }
    }

    /** Two epochs, one picture after another. */
    private static ByteBuffer all(PreparedSet set, BatchPlan plan) {
        ByteBuffer all = ByteBuffer.allocate(plan.epochs() * COUNT * set.pictureBytes());
        try (BatchLoader loader = BatchLoader.start(set, plan, Place.START)) {
            while (loader.hasNext()) {
                all.put(loader.next().pixels());
            }
        }
        return all.flip();
    }

    /** A picture in a bucket may be smaller than the largest. */
    @Test
    void picturesOfSeveralSizesKeepTheirOwn() throws IOException {
        PreparedSet set = Preparation.of(new Transform(OptionalInt.empty(), 4, 3))
                .inBuckets(new Buckets(List.of(new Size(4, 4), new Size(3, 6))))
                .keeping(0)
                .prepare(source);
        assertThat(set.decodes()).isTrue();
        try (DecodedFile file = DecodedFile.of(set, folder)) {
            for (int pass = 0; pass < 2; pass++) {
                decoded.set(0);
                for (int i = 0; i < COUNT; i++) {
                    byte[] bytes = new byte[(int) file.size(i).area() * 3];
                    file.copy(i, bytes, 0);
                    assertThat(decoded.get()).isEqualTo(pass == 0 ? i + 1 : 0);
                }
            }
            byte[] bytes = new byte[(int) file.size(4).area() * 3 + 2];
            file.copy(4, bytes, 1);
            assertThat(Arrays.copyOfRange(bytes, 1, bytes.length - 1))
                    .isEqualTo(set.pixels(4).data());
            assertThat(bytes[0] | bytes[bytes.length - 1]).isZero();
        }
    }

    @Test
    void withoutTheFilePicturesAreDecoded() throws IOException {
        DecodedFile file = DecodedFile.of(streamed(), folder);
        decoded.set(0);
        byte[] before = new byte[file.pictureBytes()];
        file.copy(3, before, 0);
        file.close();
        byte[] after = new byte[file.pictureBytes()];
        file.copy(3, after, 0);
        assertThat(after).isEqualTo(before);
        assertThat(decoded.get()).isEqualTo(2);
    }

    @Test
    void morePicturesThanTheDiskHoldsDoNotFit() {
        assertThat(DecodedFile.fits(streamed(), folder)).isTrue();
        PreparedSet endless = new CountingSet(Integer.MAX_VALUE, -1) {
            @Override
            public int pictureBytes() {
                return 1 << 30;
            }
        };
        assertThat(DecodedFile.fits(endless, folder)).isFalse();
    }
}
