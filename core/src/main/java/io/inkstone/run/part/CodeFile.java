package io.inkstone.run.part;

import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.run.checkpoint.DiskSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Codes in a file, made part by part. Beside it lies a file of marks: of each part that is whole, SHA-256 of what was
 * encoded. A part whose mark is not that of what there is to encode now is made again, and no other.
 *
 * @param folder where both files lie
 * @param name of what is encoded, such as {@code training}: files of that name and another key are old
 * @param key whose codes they are: what the codes depend on beside what is encoded
 */
record CodeFile(Path folder, String name, String key) {
    /** Codes that are made together. */
    static final int CHUNK = 256;

    /** Codes of a part: so many are lost when the work is broken off. */
    static final int PART = 4 * CHUNK;

    private static final int MARK = 32;

    /** Makes codes. */
    interface Encoder {
        /**
         * Those numbered {@code from} (inclusive) to {@code to}, one after another.
         *
         * @param content told what they are made of
         */
        float[] codes(int from, int to, MessageDigest content);

        /** Tells {@code content} what they would be made of. */
        void content(int from, int to, MessageDigest content);
    }

    Path codes() {
        return folder.resolve(Words.of("codes-%s-%s.f32", name, key));
    }

    Path marks() {
        return folder.resolve(Words.of("codes-%s-%s.parts", name, key));
    }

    /** Makes what is missing of {@code count} codes of {@code size} values, and removes old files. */
    void complete(int count, int size, Encoder encoder) throws IOException {
        removeOld();
        long bytes = 4L * count * size;
        long there = Files.exists(codes()) ? Files.size(codes()) : 0;
        DiskSpace.require(folder, Math.max(0, bytes - there), "The codes of the pictures need");
        try (FileChannel codes = open(codes());
                FileChannel marks = open(marks())) {
            for (int from = 0; from < count; from += PART) {
                InterruptedWorkException.check();
                part(from, Math.min(count, from + PART), size, new Both(codes, marks), encoder);
            }
            codes.truncate(bytes);
            marks.truncate((long) MARK * ((count + PART - 1) / PART));
        }
    }

    /** @param codes of all parts, at the place of their numbers */
    private record Both(FileChannel codes, FileChannel marks) {}

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void part(int from, int to, int size, Both files, Encoder encoder) throws IOException {
        long place = (long) MARK * (from / PART);
        byte[] mark = new byte[MARK];
        boolean marked = files.marks().size() >= place + MARK && files.codes().size() >= 4L * to * size;
        if (marked) {
            files.marks().read(ByteBuffer.wrap(mark), place);
            MessageDigest now = sha256();
            encoder.content(from, to, now);
            if (Arrays.equals(mark, now.digest())) {
                return;
            }
            write(files.marks(), new byte[MARK], place); // it is not whole until the end
        }
        MessageDigest content = sha256();
        for (int chunk = from; chunk < to; chunk += CHUNK) {
            float[] codes = encoder.codes(chunk, Math.min(to, chunk + CHUNK), content);
            ByteBuffer bytes = ByteBuffer.allocate(4 * codes.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(codes);
            write(files.codes(), bytes.array(), 4L * chunk * size);
        }
        files.codes().force(false);
        write(files.marks(), content.digest(), place);
    }

    private static void write(FileChannel file, byte[] bytes, long place) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer, place + buffer.position());
        }
        file.force(false);
    }

    private void removeOld() throws IOException {
        String old = (Words.of("codes-%s-[0-9a-f]+\\.(f32|parts)", name))
                + "|codes-[0-9a-f]+\\.f32|\\.codes-[0-9a-f]+\\.f32\\.tmp"; // the latter as they were called once
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{codes-,.codes-}*")) {
            for (Path file : files) {
                boolean own = file.equals(codes()) || file.equals(marks());
                if (!own && file.getFileName().toString().matches(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
