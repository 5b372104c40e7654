package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document promises beside the answers, which {@link Asking} holds against it in every test. */
class OpenApiTest {
    @TempDir
    Path folder;

    @Test
    void knowsEveryRouteAndNoOther() throws Exception {
        try (Server server = Server.start(ServeSettings.of(folder.resolve("none"), folder.resolve("data")))) {
            List<String> routes = server.routes().stream()
                    .filter(each -> each.startsWith("GET /") || each.startsWith("POST /"))
                    .toList();
            assertThat(routes).containsExactlyInAnyOrderElementsOf(Described.operations());
            assertThat(new Asking(server).get("/openapi.json").json()).isEqualTo(OpenApi.tree());
        }
    }

    /** Every field of the document is read, and every field that is read is in the document. */
    @Test
    void namesTheFieldsThatAreRead() {
        ObjectNode said = RequestFields.JSON.createObjectNode();
        RequestFields fields = new RequestFields(said);
        ImageRequest.read(fields);
        JsonNode schemas = OpenApi.tree().at("/components/schemas");
        List<String> described = new java.util.ArrayList<>();
        schemas.at("/Generation/properties").fieldNames().forEachRemaining(described::add);
        described.add("strength"); // of changes
        assertThat(fields.known()).containsExactlyInAnyOrderElementsOf(described);
        assertThat(schemas.at("/Change/properties").has("strength")).isTrue();
    }
}
