package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.ParallelPass;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.image.Background;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/** Pictures in PNG, JPEG and other files, decoded when asked for. */
final class EncodedPictures implements PictureSet {
    /** So many pictures, spread over the set, are decoded to see the size; colour is decided by all pictures. */
    private static final int PROBED = 16;

    /** The encoded bytes of one picture. Safe for several threads. */
    interface Encoded {
        byte[] read(int index) throws IOException;
    }

    private final DataInfo info;
    private final Encoded encoded;
    private final IntFunction<Entry> entries;
    private final Runnable resource;

    /**
     * @param plain name, count and what is known of contexts and captions; size and channels are found here
     */
    EncodedPictures(DataInfo plain, Encoded encoded, IntFunction<Entry> entries, Runnable resource) {
        this.encoded = encoded;
        this.entries = entries;
        this.resource = resource;
        this.info = probe(plain);
    }

    /** Over files: names are paths relative to the origin's root. */
    static EncodedPictures ofFiles(Origin origin, List<Path> files, Labels labels, Sidecars texts) {
        DataInfo labelled = labels.describe(DataInfo.of(origin.name(), files.size(), Optional.empty(), 3));
        DataInfo plain = texts.isEmpty() ? labelled : labelled.withCaptions();
        Path base = origin.opening().base();
        IntFunction<Entry> entries =
                index -> new Entry(Origin.relative(base, files.get(index)), labels.contexts()[index], texts.at(index));
        return new EncodedPictures(plain, index -> Origin.bytes(files.get(index)), entries, origin.archive());
    }

    private EncodedPictures(Encoded encoded, IntFunction<Entry> entries, DataInfo known) {
        this.encoded = encoded;
        this.entries = entries;
        this.resource = () -> {};
        this.info = known;
    }

    /** Pictures whose size and channels are known: nothing is decoded now. */
    static EncodedPictures known(DataInfo info, Encoded encoded, IntFunction<Entry> entries) {
        return new EncodedPictures(encoded, entries, info);
    }

    private DataInfo probe(DataInfo plain) {
        int count = plain.count();
        int probes = Math.min(PROBED, count);
        Optional<Size> size = Optional.empty();
        boolean equal = true;
        boolean coloured = false;
        for (int k = 0; k < probes; k++) {
            try {
                Pixels pixels = pixels(probes == 1 ? 0 : (int) ((long) k * (count - 1) / (probes - 1)));
                Optional<Size> seen = Optional.of(new Size(pixels.height(), pixels.width()));
                equal &= size.isEmpty() || size.equals(seen);
                size = seen;
                coloured |= isColoured(pixels);
            } catch (InputException damaged) {
                continue; // the preparation names it
            }
        }
        int channels = coloured || size.isEmpty() || anyColoured(count) ? 3 : 1;
        return equal && size.isPresent() ? plain.withShape(size.get(), channels) : plain.withChannels(channels);
    }

    /**
     * Looks at every picture until one is coloured: a set that seems grey may have its only colours anywhere. Pictures stored
     * as grey need not be decoded. Damaged ones do not decide; the preparation names them.
     */
    private boolean anyColoured(int count) {
        AtomicBoolean found = new AtomicBoolean();
        ParallelPass.over(
                count,
                index -> {
                    try {
                        byte[] file = found.get() ? null : encoded.read(index);
                        if (file != null
                                && !PictureFile.isStoredGrey(file)
                                && isColoured(PictureFile.read(
                                        file, entries.apply(index).name()))) {
                            found.set(true);
                        }
                    } catch (InputException | IOException damaged) {
                        // As above.
                    }
                },
                done -> {});
        return found.get();
    }

    private static boolean isColoured(Pixels pixels) {
        byte[] data = pixels.data();
        for (int i = 0; pixels.channels() == 3 && i < data.length; i += 3) {
            if (data[i] != data[i + 1] || data[i] != data[i + 2]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public Pixels pixels(int index) {
        return pixels(index, Background.WHITE);
    }

    @Override
    public Pixels pixels(int index, Background background) {
        return PictureFile.read(content(index), entries.apply(index).name(), background);
    }

    @Override
    public byte[] content(int index) {
        try {
            return encoded.read(index);
        } catch (IOException e) {
            throw new InputException(
                    Words.of("%s cannot be read: %s", entries.apply(index).name(), e.getMessage()), e);
        }
    }

    @Override
    public Entry entry(int index) {
        return entries.apply(index);
    }

    @Override
    public void close() {
        resource.run();
    }
}
