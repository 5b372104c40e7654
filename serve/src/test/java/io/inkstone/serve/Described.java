package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The OpenAPI document, held against answers: their status, their kind, and every key of their JSON. */
final class Described {
    private static final ObjectNode DOCUMENT = OpenApi.tree();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private Described() {}

    /** Its operations as {@code GET /api/runs/{name}}. */
    static List<String> operations() {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(method -> {
                if (!method.equals("parameters")) {
                    all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            });
        }
        return all;
    }

    /** The operation that a request was for; the one with most words of its own, where several fit. */
    private static Optional<String> operation(String method, String path) {
        return operations().stream()
                .filter(each -> (method + " " + path).matches(each.replaceAll("\\{[a-z]+}", "[^/]+")))
                .min((one, other) -> one.replaceAll("[^{]", "").length()
                        - other.replaceAll("[^{]", "").length());
    }

    /** Refuses an answer that the document does not describe. Paths beside it, such as the page's files, are not looked at. */
    static void require(String method, String path, Asking.Answer answer) throws IOException {
        Optional<String> operation = operation(method, path);
        if (operation.isEmpty()) {
            return;
        }
        String said = operation.get();
        JsonNode responses = DOCUMENT.get("paths")
                .get(said.substring(said.indexOf(' ') + 1))
                .get(method.toLowerCase(Locale.ROOT))
                .get("responses");
        String status = String.valueOf(answer.status());
        JsonNode response = referred(responses.has(status) ? responses.get(status) : responses.path("default"));
        assertThat(response.isMissingNode())
                .as("%s answers %s: %s", said, status, answer.text())
                .isFalse();
        String kind = answer.header("Content-Type").replaceAll(";.*", "");
        assertThat(response.get("content").has(kind))
                .as("%s %s %s", said, status, kind)
                .isTrue();
        if (kind.equals("application/json")) {
            ObjectNode schema = response.at("/content/application~1json/schema").deepCopy();
            schema.set("components", DOCUMENT.get("components"));
            assertThat(SCHEMAS.getSchema(schema).validate(answer.json()))
                    .as("%s %s %s", said, status, answer.text())
                    .isEmpty();
        }
    }

    private static JsonNode referred(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }
}
