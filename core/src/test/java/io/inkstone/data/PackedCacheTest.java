package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.source.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedCacheTest {
    @TempDir
    Path folder;

    @Test
    void everythingComesBack() throws IOException {
        Path file = folder.resolve("faces.inkdata");
        try (DataSet faces = DataSource.open("faces")) {
            PreparedSet test =
                    Preparation.of(new Transform(OptionalInt.empty(), 32, 3)).prepare(faces.split(Split.TEST));
            PackedCache.write(file, test, "faces at 32 pixels", done -> {});
            try (DataSet again = DataSource.open(file)) {
                PackedCache cache = (PackedCache) again.train();
                cache.verify();
                assertThat(cache.source()).isEqualTo("faces at 32 pixels");
                assertThat(cache.info()).isEqualTo(test.info());
                for (int i = 0; i < test.count(); i++) {
                    assertThat(cache.pixels(i)).isEqualTo(test.pixels(i));
                    assertThat(cache.entry(i).caption()).isEqualTo(test.entry(i).caption());
                    assertThat(cache.entry(i).name()).isEqualTo(test.entry(i).name());
                    assertThat(cache.entry(i).context()).isEqualTo(test.entry(i).context());
                }
            }
        }
    }

    @Test
    void damageIsNoticed() throws IOException {
        Path file = folder.resolve("c.inkdata");
        PackedCache.write(file, new CountingSet(20, -1), "test", done -> {});
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        assertThatThrownBy(() -> PackedCache.open(file)).hasMessageContaining("cut short or damaged");
        byte[] bad = good.clone();
        bad[good.length / 2] ^= 1;
        Files.write(file, bad);
        try (PackedCache cache = PackedCache.open(file)) {
            assertThatThrownBy(cache::verify).hasMessageContaining("does not match its checksum");
        }
        bad = good.clone();
        bad[20] ^= 1;
        Files.write(file, bad);
        assertThatThrownBy(() -> PackedCache.open(file)).hasMessageContaining("its head does not match");
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> PackedCache.open(file)).hasMessageContaining("not a prepared data file");
    }
}
