package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PngTextTest {
    private static final byte[] PNG = PictureEncoder.png(Pixels.filled(3, 2, 0x102030));

    @Test
    void comesBackInOrderAndThePictureStays() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("inkstone", "recipe: sprites\nseed: 7\n");
        text.put("Title", "Übergröße 砚 \uD83D\uDD8B ñ");
        text.put("empty", "");
        byte[] png = PngText.with(PNG, text);
        assertThat(PngText.read(png, "x")).containsExactlyEntriesOf(text);
        assertThat(PictureFile.read(png, "x")).isEqualTo(Pixels.filled(3, 2, 0x102030));
        assertThat(new String(png, StandardCharsets.ISO_8859_1))
                .contains("tEXtinkstone\0recipe", "iTXtTitle\0\0\0\0\0");
    }

    @Test
    void replacesEntriesOfTheSameKeyword() {
        byte[] first = PngText.with(PNG, Map.of("seed", "1"));
        byte[] second = PngText.with(PngText.with(first, Map.of("other", "o")), Map.of("seed", "2"));
        assertThat(PngText.read(second, "x")).containsOnly(Map.entry("seed", "2"), Map.entry("other", "o"));
        assertThat(PngText.with(PNG, Map.of())).isSameAs(PNG);
    }

    @Test
    void readsTheCompressedKinds() {
        byte[] packed = deflated("größer".getBytes(StandardCharsets.ISO_8859_1));
        byte[] wide = deflated("砚".getBytes(StandardCharsets.UTF_8));
        byte[] png = with(chunk("zTXt", "a\0\0", packed), chunk("iTXt", "b\0\1\0en\0bee\0", wide));
        assertThat(PngText.read(png, "x")).containsExactly(Map.entry("a", "größer"), Map.entry("b", "砚"));
    }

    @Test
    void entriesAreBoundedTogether() throws Exception {
        byte[] half = deflated(new byte[PngText.MOST_BYTES / 2 + 1]);
        byte[] two = with(chunk("zTXt", "a\0\0", half), chunk("zTXt", "b\0\0", half));
        assertThatThrownBy(() -> PngText.read(two, "two"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("together");
        byte[] again = with(chunk("zTXt", "a\0\0", half), chunk("zTXt", "a\0\0", half));
        assertThat(PngText.read(again, "again")).hasSize(1);
    }

    @Test
    void anUnfoldingBombIsRefused() {
        byte[] bomb = with(chunk("zTXt", "a\0\0", deflated(new byte[PngText.MOST_BYTES + 1])));
        assertThatThrownBy(() -> PngText.read(bomb, "bomb.png"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bomb.png")
                .hasMessageContaining("unfolds");
    }

    @Test
    void damageIsNamed() {
        byte[] png = PngText.with(PNG, Map.of("seed", "12345"));
        int at = new String(png, StandardCharsets.ISO_8859_1).indexOf("12345");
        png[at] = '9';
        assertThatThrownBy(() -> PngText.read(png, "x.png")).hasMessageContaining("checksum of its block tEXt");
        assertThatThrownBy(() -> PngText.read(with(chunk("tEXt", "endless", new byte[0])), "x"))
                .hasMessageContaining("no end");
        assertThatThrownBy(() -> PngText.read(new byte[] {1, 2}, "x.png")).hasMessageContaining("x.png: a PNG");
        assertThatThrownBy(() -> PngText.read(Arrays.copyOf(PNG, PNG.length - 3), "x"))
                .hasMessageContaining("cut off");
    }

    @Test
    void wrongKeywordsAreRefused() {
        for (String keyword : new String[] {"", " a", "a ", "砚", "k".repeat(80)}) {
            assertThatThrownBy(() -> PngText.with(PNG, Map.of(keyword, "x"))).hasMessageContaining("1 to 79 ASCII");
        }
        assertThatThrownBy(() -> PngText.with(PNG, Map.of("a", "x\0y"))).hasMessageContaining("NUL");
    }

    @Property(tries = 200)
    void anyTextComesBack(@ForAll @StringLength(max = 50) String text) {
        // Halves of surrogate pairs are no characters, and NUL ends an entry.
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
        assertThat(PngText.read(PngText.with(PNG, Map.of("k", valid)), "x")).containsEntry("k", valid);
    }

    private static byte[] chunk(String type, String start, byte[] rest) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
        data.writeBytes(rest);
        return PngChunks.encode(type, data.toByteArray());
    }

    private static byte[] with(byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int afterHeader = 8 + 12 + 13;
        out.write(PNG, 0, afterHeader);
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        out.write(PNG, afterHeader, PNG.length - afterHeader);
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length / 100 + 200];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }
}
