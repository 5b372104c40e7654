package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
    @TempDir
    Path folder;

    @Test
    void fromNumPy() throws IOException {
        assertThat(Npz.read(NpyTest.reference("plain.npz")).get("b").toLongs()).containsExactly(1, 2);
        Map<String, NdArray> packed = Npz.read(NpyTest.reference("packed.npz"));
        assertThat(packed.get("a").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(packed.get("zeros").count()).isEqualTo(1000);
    }

    @Test
    void roundTrip() throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        arrays.put("first", NdArray.of(new float[] {1, 2}, 2));
        arrays.put("zweites ü", NdArray.of(new long[] {3}));
        Path path = folder.resolve("x.npz");
        Npz.write(path, arrays);
        assertThat(Npz.read(path)).isEqualTo(arrays);
    }

    @Test
    void bombsAreNotUnpacked() throws IOException {
        Path path = folder.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            NdArray array = new NdArray(DType.UINT8, new long[] {50_000_000}, ByteBuffer.allocate(50_000_000));
            zip.write(Npy.head(array));
            Npy.copy(array.data(), zip);
        }
        assertThat(Files.size(path)).isLessThan(100_000);
        assertThatThrownBy(() -> Npz.read(path, 10_000_000)).hasMessageContaining("more than the 10000000");
    }

    @Test
    void otherArchivesAreRefused() throws IOException {
        Path path = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("../../etc/passwd"));
        }
        assertThatThrownBy(() -> Npz.read(path)).hasMessageContaining("is not a .npy file");
    }
}
