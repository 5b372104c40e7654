package io.inkstone.data.source;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.image.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the embedded faces: JPEG files in a zip with a table of attributes; they are decoded when asked for. */
final class EmbeddedFaces {
    private static final int SIDE = 64;
    private static final String HELD_OUT = "test/";

    private EmbeddedFaces() {}

    static DataSet open() {
        String[] lines = Embedded.text("faces/attributes.txt").split("\n");
        List<String> names = List.of(lines[0].split(" "));
        List<byte[]> train = new ArrayList<>();
        List<Entry> trainEntries = new ArrayList<>();
        List<byte[]> test = new ArrayList<>();
        List<Entry> testEntries = new ArrayList<>();
        int line = 1;
        try (ZipInputStream zip = new ZipInputStream(Embedded.stream("faces/faces.zip"))) {
            for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                boolean held = file.getName().startsWith(HELD_OUT);
                (held ? test : train).add(zip.readAllBytes());
                (held ? testEntries : trainEntries).add(entry(file.getName(), lines[line++], names));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DataSet(
                set(train, trainEntries, names), Optional.empty(), Optional.of(set(test, testEntries, names)));
    }

    /** The line holds 0 or 1 for each attribute, in the order of the files. */
    private static Entry entry(String name, String line, List<String> names) {
        float[] context = new float[names.size()];
        for (int k = 0; k < context.length; k++) {
            context[k] = line.charAt(k) - '0';
        }
        return new Entry(
                name,
                context,
                name.startsWith(HELD_OUT)
                        ? FaceCaption.heldOut(name, names, context)
                        : FaceCaption.ofTraining(name, names, context));
    }

    private static PictureSet set(List<byte[]> pictures, List<Entry> entries, List<String> names) {
        DataInfo info = DataInfo.of("faces", entries.size(), Optional.empty(), 3)
                .withAttributes(names)
                .withCaptions()
                .withCropped()
                .withShape(new Size(SIDE, SIDE), 3)
                .withNote(
                        "The embedded faces are drawn, already cropped and 64×64; captions are composed from their attributes, those of the held-out faces in word orders that training never shows.");
        return EncodedPictures.known(info, pictures::get, entries::get);
    }
}
