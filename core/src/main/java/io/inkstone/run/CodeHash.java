package io.inkstone.run;

import io.inkstone.array.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** Of this library as it runs: two builds of one version may differ. */
final class CodeHash {
    private CodeHash() {}

    /** SHA-256 of its jar, or of the names and bytes of its class files; "unknown" where neither can be read. */
    static String here() {
        CodeSource source = CodeHash.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "unknown";
        }
        try {
            return of(Path.of(source.getLocation().toURI()));
        } catch (IOException | URISyntaxException | IllegalArgumentException unreadable) {
            return "unknown";
        }
    }

    static String of(Path code) throws IOException {
        if (Files.isRegularFile(code)) {
            return Sha256.of(code);
        }
        try (Stream<Path> files = Files.walk(code)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
            StringBuilder all = new StringBuilder();
            for (Path file : classes) {
                all.append(code.relativize(file))
                        .append(' ')
                        .append(Sha256.of(file))
                        .append('\n');
            }
            return Sha256.of(new ByteArrayInputStream(all.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
