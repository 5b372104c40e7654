package io.inkstone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The document of this server: {@code /openapi.json}. Written by hand, and held against the answers by the tests. */
final class OpenApi {
    private OpenApi() {}

    static void addTo(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> Answers.json(ctx, tree()));
    }

    static ObjectNode tree() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            JsonNode tree = RequestFields.JSON.valueToTree(read);
            return (ObjectNode) tree;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
