package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Plain requests to a server; each answer is held against the OpenAPI document. */
record Asking(Server server) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer. */
    record Answer(int status, HttpResponse<byte[]> response) {
        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() throws IOException {
            return RequestFields.JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return sent(request(path, headers).GET().build());
    }

    /** @param json with apostrophes for quotes */
    Answer post(String path, String json, String... headers) throws IOException, InterruptedException {
        return sent(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
                .build());
    }

    Answer post(String path, byte[] body) throws IOException, InterruptedException {
        return sent(
                request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    /** A form with one picture and texts. */
    Answer form(String path, String part, byte[] picture, String... texts) throws IOException, InterruptedException {
        return form(path, Map.of(part, picture), texts);
    }

    /** The same with several pictures by the names of their parts. */
    Answer form(String path, Map<String, byte[]> pictures, String... texts) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < texts.length; i += 2) {
            body.writeBytes(("--it\r\nContent-Disposition: form-data; name=\"" + texts[i] + "\"\r\n\r\n" + texts[i + 1]
                            + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            body.writeBytes(("--it\r\nContent-Disposition: form-data; name=\"" + picture.getKey()
                            + "\"; filename=\"a\"\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(picture.getValue());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--it--\r\n".getBytes(StandardCharsets.UTF_8));
        return sent(request(path, "Content-Type", "multipart/form-data; boundary=it")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static Answer sent(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        Answer answer = new Answer(response.statusCode(), response);
        Described.require(request.method(), request.uri().getPath(), answer);
        return answer;
    }
}
