package io.inkstone.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.array.FileSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Files of one JSON object a line, written line by line; a kill may cut any session's last line short. */
public final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /** All whole lines in their order, those that were cut short passed over; none if there is no such file. */
    public static List<JsonNode> read(Path file) {
        List<JsonNode> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        try {
            // A cut may go through a letter: it becomes another one, on a line that is passed over.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.lines().forEach(line -> add(line, lines));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return lines;
    }

    private static void add(String line, List<JsonNode> lines) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                lines.add(node);
            }
        } catch (JsonProcessingException cutShort) {
            // passed over
        }
    }

    /** Adds {@code line} as one of its own, also behind one that was cut short. */
    public static void append(Path file, String line) throws IOException {
        FileSteps.writing(file);
        String text = (endsInside(file) ? "\n" : "") + line + "\n";
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static boolean endsInside(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }
}
