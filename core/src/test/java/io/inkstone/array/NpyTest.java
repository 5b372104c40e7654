package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference files were written by NumPy (make_npy.py beside them). */
class NpyTest {
    @TempDir
    Path folder;

    static Path reference(String name) {
        return Path.of("src/test/resources/io/inkstone/array", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1", "le_i2", "le_i4", "be_i4", "le_i8", "le_f2", "be_f2", "le_f4", "be_f4", "le_f8"})
    void signedTypesFromNumPy(String name) throws IOException {
        NdArray array = Npy.read(reference(name + ".npy"));
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.toFloats()).containsExactly(-3, -2, -1, 0, 1, 2);
        assertThat(array.toLongs()).containsExactly(-3, -2, -1, 0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "le_u2", "be_u2", "le_u4", "le_u8"})
    void unsignedTypesFromNumPy(String name) throws IOException {
        assertThat(Npy.read(reference(name + ".npy")).toDoubles()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void boolAndScalarAndEmptyFromNumPy() throws IOException {
        assertThat(Npy.read(reference("bool.npy")).toFloats()).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(Npy.read(reference("scalar.npy")).shape()).isEmpty();
        assertThat(Npy.read(reference("scalar.npy")).toFloats()).containsExactly(2.5f);
        assertThat(Npy.read(reference("empty.npy")).shape()).containsExactly(0, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version2", "version3"})
    void laterVersions(String name) throws IOException {
        assertThat(Npy.read(reference(name + ".npy")).toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void fortranOrderBecomesCOrder() throws IOException {
        float[] expected = new float[24];
        for (int i = 0; i < 24; i++) {
            expected[i] = i;
        }
        assertThat(Npy.read(reference("fortran.npy")).toFloats()).containsExactly(expected);
        try (NpyFile file = NpyFile.open(reference("fortran.npy"))) {
            assertThat(file.rows(1, 1).toFloats()).hasSize(12).startsWith(12, 13);
        }
    }

    @Test
    void rowsOfALargeFileAreReadAlone() throws IOException {
        Path path = folder.resolve("rows.npy");
        Npy.write(path, NdArray.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2));
        try (NpyFile file = NpyFile.open(path)) {
            assertThat(file.rows(1, 2).toFloats()).containsExactly(2, 3, 4, 5);
            assertThatThrownBy(() -> file.rows(2, 2))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("[3, 2]");
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void roundTrip(DType type) throws IOException {
        byte[] bytes = new byte[6 * type.bits() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (type == DType.BOOL ? i & 1 : i * 37 % 100);
        }
        NdArray array = new NdArray(type, new long[] {2, 3}, ByteBuffer.wrap(bytes));
        Path path = folder.resolve("x.npy");
        Npy.write(path, array);
        NdArray back = Npy.read(path);
        assertThat(back.toDoubles()).containsExactly(array.toDoubles());
        assertThat(back).isEqualTo(Npy.representable(array));
        assertThat(Npy.read(new ByteArrayInputStream(Files.readAllBytes(path)), "x", 1000))
                .isEqualTo(back);
    }

    @Test
    void refusesByName() {
        assertThatThrownBy(() -> Npy.read(reference("object.npy"))).hasMessageContaining("Python objects");
        assertThatThrownBy(() -> Npy.read(reference("record.npy"))).hasMessageContaining("structured");
    }

    @Test
    void textNamedNpyGetsASentence() throws IOException {
        Path path = Files.writeString(folder.resolve("x.npy"), "hello, this is text");
        assertThatThrownBy(() -> Npy.read(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a NumPy file (.npy); it is text that begins with \"hello");
        Path missing = folder.resolve("missing.npy");
        assertThatThrownBy(() -> Npy.read(missing)).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Npy.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void falseLengthsTakeNoMemory() throws IOException {
        Path path = folder.resolve("x.npy");
        byte[] head = Npy.head(NdArray.of(new float[0], 0));
        String text =
                new String(head, StandardCharsets.ISO_8859_1).replace("(0,), }            ", "(9000000000000,), }");
        Files.write(path, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Npy.read(path)).hasMessageContaining("36000000000000 bytes");
        byte[] all = Files.readAllBytes(path);
        assertThatThrownBy(() -> Npy.read(new ByteArrayInputStream(all), "x", 1000))
                .hasMessageContaining("claims");
    }

    @Test
    void aFileBeyondTwoGigabytesIsReadInParts() throws IOException {
        Path path = folder.resolve("large.npy");
        String text = NpyHeader.format(DType.UINT8, new long[] {3_000_000, 1000});
        byte[] head = Npy.head(NdArray.of(new byte[0], 0));
        byte[] dictionary = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(dictionary, 0, head, 10, dictionary.length);
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(head);
            file.setLength(head.length + 3_000_000_000L); // sparse: takes no room on the disk
            file.seek(head.length + 2_999_999_999L);
            file.write(7);
        }
        try (NpyFile file = NpyFile.open(path)) {
            assertThat(file.rows(2_999_999, 1).toLongs()).hasSize(1000).endsWith(7);
            assertThat(file.rows(2_999_000, 1000).toFloats()).endsWith(7);
            assertThatThrownBy(file::all).hasMessageContaining("Read it in parts");
        }
    }
}
