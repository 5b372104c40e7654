package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Size;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to copy a picture give the same bytes, whoever looks at a set in another way. */
class ReadyPicturesTest {
    private static final int COUNT = 12;

    @TempDir
    private Path folder;

    @Test
    void bothWaysToCopyAgree() throws IOException {
        PreparedSet raw = raw();
        assertThat(raw.liesReady()).isTrue();
        agree(raw);
        PreparedSet mixed = new MixedSet(raw, 3);
        assertThat(mixed.liesReady()).isTrue();
        agree(mixed);
        assertThat(first(mixed)).isNotEqualTo(first(raw));
        Path packed = folder.resolve("packed.inkdata");
        PackedCache.write(packed, raw, "test", done -> {});
        try (PackedCache cache = PackedCache.open(packed)) {
            assertThat(cache.liesReady()).isTrue();
            agree(cache);
            assertThat(first(cache)).isEqualTo(first(raw));
        }
        Transform smaller = new Transform(OptionalInt.empty(), 3, 3);
        PreparedSet kept = Preparation.of(smaller).prepare(raw);
        assertThat(kept.liesReady()).isTrue();
        agree(kept);
        PreparedSet streamed = Preparation.of(smaller).keeping(0).prepare(raw);
        assertThat(streamed.liesReady()).isFalse();
        agree(streamed);
        assertThat(first(streamed)).isEqualTo(first(kept));
        PreparedSet bucketed = Preparation.of(smaller)
                .inBuckets(new Buckets(List.of(new Size(2, 4), new Size(3, 3))))
                .prepare(raw);
        assertThat(bucketed.liesReady()).isFalse();
        agree(bucketed);
    }

    private PreparedSet raw() throws IOException {
        byte[] values = new byte[COUNT * 4 * 5 * 3];
        new Random(1).nextBytes(values);
        Path file = folder.resolve("pictures.npy");
        Npy.write(file, new NdArray(DType.UINT8, new long[] {COUNT, 4, 5, 3}, ByteBuffer.wrap(values)));
        return (PreparedSet) DataSource.open(file).train();
    }

    private static byte[] first(PreparedSet set) {
        return set.pixels(0).data();
    }

    private static void agree(PreparedSet set) {
        for (int i = 0; i < set.count(); i++) {
            Size size = set.size(i);
            byte[] plain = new byte[size.height() * size.width() * set.channels()];
            set.copy(i, plain, 0);
            ByteBuffer buffer = ByteBuffer.allocateDirect(plain.length + 7);
            set.copy(i, buffer, 5);
            byte[] copied = new byte[plain.length];
            buffer.get(5, copied);
            assertThat(copied).isEqualTo(plain);
            assertThat(buffer.position()).isZero();
            assertThat(buffer.get(4)).isZero();
            assertThat(buffer.get(plain.length + 5)).isZero();
        }
    }
}
