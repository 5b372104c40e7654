package io.inkstone.data.download;

import com.github.mizosoft.methanol.Methanol;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Fetches files into a folder. A file grows as {@code NAME.part}, goes on from there when fetched again, and takes its
 * name only after its checksum was right; one that is there and right is not fetched.
 */
public final class Download {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A body may be slow, but not dead. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int PARTIAL = 206;
    private static final int RANGE_REFUSED = 416;
    private static final long MOST_BYTES = 8L << 30;

    /** Told how far a file is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param file name of the file
         * @param done bytes on the disk
         * @param total bytes in all, or −1 if the server does not say
         */
        void at(String file, long done, long total);
    }

    private final Methanol client;
    private final Progress progress;
    private final Duration silence;

    public Download(Progress progress) {
        this(progress, SILENCE);
    }

    /** @param silence after which a connection that brings nothing is given up */
    Download(Progress progress, Duration silence) {
        this.progress = progress;
        this.silence = silence;
        client = Methanol.newBuilder()
                .connectTimeout(CONNECT)
                .headersTimeout(ANSWER)
                .readTimeout(silence)
                .autoAcceptEncoding(false)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Fetches what is missing of a set; afterwards {@code folder} can be given as data. A fetch that fails keeps what came,
     * and leaves no empty folders.
     */
    public void fetch(List<RemoteFile> files, Path folder) {
        List<Path> made = missing(folder);
        try {
            Files.createDirectories(folder);
            for (RemoteFile file : files) {
                fetch(file, folder);
            }
        } catch (IOException e) {
            throw new InputException(Words.of("Cannot write to %s: %s", folder, e.getMessage()), e);
        } finally {
            removeEmpty(made);
        }
    }

    /** The folder and those above it that are not there, from the inside out. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path at = folder.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
            missing.add(at);
        }
        return missing;
    }

    private static void removeEmpty(List<Path> folders) {
        try {
            for (Path folder : folders) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException notEmpty) {
            // What came into it stays, and so do the folders above.
        }
    }

    private void fetch(RemoteFile file, Path folder) throws IOException {
        Path whole = folder.resolve(file.name());
        if (Files.isRegularFile(whole)) {
            if (md5(whole).equals(file.md5())) {
                progress.at(file.name(), Files.size(whole), Files.size(whole));
                return;
            }
            throw new InputException(Words.of(
                    "%s is there but has another checksum than the official file; move it away to fetch it again.",
                    whole));
        }
        Path part = folder.resolve(file.name() + ".part");
        try {
            receive(file, part);
        } catch (InputException failure) {
            if (Files.isRegularFile(part) && Files.size(part) == 0) {
                Files.delete(part);
            }
            throw failure;
        }
        String seen = md5(part);
        if (!seen.equals(file.md5())) {
            Files.delete(part);
            throw new InputException(Words.of(
                    "%s came with the checksum %s in place of %s and was removed. Try again, or fetch it by other means.",
                    file.address(), seen, file.md5()));
        }
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    }

    private void receive(RemoteFile file, Path part) throws IOException {
        long have = Files.isRegularFile(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(file.address());
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<InputStream> answer = send(file, request.build());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == RANGE_REFUSED) {
                return; // nothing is left to fetch; the checksum decides
            }
            boolean goesOn = answer.statusCode() == PARTIAL;
            if (!goesOn && answer.statusCode() != 200) {
                throw new InputException(Words.of(
                        "%s answered %d. Fetch the file by other means and put it beside the others.",
                        file.address(), answer.statusCode()));
            }
            long start = goesOn ? have : 0;
            long rest = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
            copy(body, part, file, start, rest < 0 ? -1 : start + rest);
        }
    }

    private HttpResponse<InputStream> send(RemoteFile file, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpTimeoutException | SSLException | ProtocolException e) {
            throw BrokenFetch.unreachable(file, e);
        } catch (IOException e) {
            throw BrokenFetch.cutOff(file, e);
        } catch (InterruptedException e) {
            throw BrokenFetch.interrupted(file, e);
        }
    }

    private void copy(InputStream body, Path part, RemoteFile file, long start, long total) throws IOException {
        StandardOpenOption mode = start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = start;
        try (OutputStream out =
                Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = read(body, buffer, file); n >= 0; n = read(body, buffer, file)) {
                out.write(buffer, 0, n);
                done += n;
                progress.at(file.name(), done, total);
                if (done > MOST_BYTES) {
                    throw new InputException(file.address() + " sends more than any official file has; stopped.");
                }
            }
        }
        if (total >= 0 && done < total) {
            throw BrokenFetch.cutOff(file, null);
        }
    }

    private int read(InputStream body, byte[] buffer, RemoteFile file) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
                throw BrokenFetch.interrupted(file, e);
            }
            if (e instanceof HttpTimeoutException || e.getCause() instanceof HttpTimeoutException) {
                throw BrokenFetch.silent(file, silence, e);
            }
            throw BrokenFetch.cutOff(file, e);
        }
    }

    private static String md5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5.", e);
        }
    }
}
