package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The samples of several tars in one row. */
final class TarSamples {
    private final List<TarIndex> indices;
    private final int[] firsts;
    private final int count;

    TarSamples(List<TarIndex> indices) {
        this.indices = indices;
        this.firsts = new int[indices.size()];
        int all = 0;
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = all;
            all = Math.addExact(all, indices.get(i).count);
        }
        count = all;
    }

    int count() {
        return count;
    }

    private int tar(int sample) {
        int found = Arrays.binarySearch(firsts, sample);
        int tar = found >= 0 ? found : -found - 2;
        while (indices.get(tar).count == 0 || sample - firsts[tar] >= indices.get(tar).count) {
            tar++; // tars without samples begin at the same place
        }
        return tar;
    }

    /** The tar and the name in it. */
    String name(int sample) {
        int tar = tar(sample);
        return indices.get(tar).path().getFileName() + " " + indices.get(tar).name(sample - firsts[tar]);
    }

    /** The name in its tar, with folders. */
    String plainName(int sample) {
        int tar = tar(sample);
        return indices.get(tar).name(sample - firsts[tar]);
    }

    /** The number of its class, or {@link TarIndex#NONE}. */
    int label(int sample) {
        int tar = tar(sample);
        return indices.get(tar).classes[sample - firsts[tar]];
    }

    /** Whether one lies in a folder of its tar. */
    boolean isNested() {
        return indices.stream().anyMatch(TarIndex::isNested);
    }

    boolean captioned() {
        return indices.stream()
                .anyMatch(index -> Arrays.stream(index.textLengths).anyMatch(length -> length != 0));
    }

    byte[] picture(int sample, List<MappedFile> files) throws IOException {
        int tar = tar(sample);
        int i = sample - firsts[tar];
        return bytes(files.get(tar), indices.get(tar).pictures[i], indices.get(tar).pictureLengths[i]);
    }

    /** What is said about it, text or an object in JSON; empty where nothing is. */
    String text(int sample, List<MappedFile> files) {
        int tar = tar(sample);
        int i = sample - firsts[tar];
        int length = Math.abs(indices.get(tar).textLengths[i]);
        try {
            return length == 0
                    ? ""
                    : new String(bytes(files.get(tar), indices.get(tar).texts[i], length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(MappedFile file, long offset, int length) throws IOException {
        ByteBuffer slice = file.slice(offset, length);
        byte[] bytes = new byte[length];
        slice.get(bytes);
        return bytes;
    }

    void sayUnread(LeftOut left) {
        Map<String, Integer> unread = new TreeMap<>();
        indices.forEach(index -> index.unread.forEach((field, n) -> unread.merge(field, n, Integer::sum)));
        if (!unread.isEmpty()) {
            left.note(Words.of(
                    "Left out of the tars: %s.",
                    unread.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "))));
        }
    }
}
