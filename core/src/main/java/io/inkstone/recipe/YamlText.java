package io.inkstone.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.util.Optional;

/** YAML of recipes. Names of classes are text whatever they look like: {@code 0x1F}, {@code 1e3}, {@code 012}. */
final class YamlText {
    private static final String NAMES = "classes";

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .stringQuotingChecker(new Quoting())
            .build());

    private YamlText() {}

    /** Quotes also what a reader could take for a number or a date. */
    private static final class Quoting extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value)
                    || value.matches("[-+.]?[0-9.][0-9A-Za-z_.:+-]*|[#&*!|>%@`~].*|\\s.*|.*\\s");
        }
    }

    static ObjectNode object() {
        return YAML.createObjectNode();
    }

    static String write(JsonNode tree) throws JsonProcessingException {
        return YAML.writeValueAsString(tree);
    }

    /** A whole text; the names in its {@code data.classes} as they are written. */
    static JsonNode read(String yaml) throws JsonProcessingException {
        JsonNode tree = YAML.readTree(yaml);
        if (tree.path("data") instanceof ObjectNode data && data.path(NAMES).isArray()) {
            words(yaml, "data", NAMES).ifPresent(words -> data.set(NAMES, words));
        }
        return tree;
    }

    /** The value of an override of {@code key}. */
    static JsonNode value(String yaml, String key) throws JsonProcessingException {
        JsonNode value = YAML.readTree(yaml);
        return key.equals("data." + NAMES) && value.isArray()
                ? words(yaml).<JsonNode>map(words -> words).orElse(value)
                : value;
    }

    /** The entries of the list at that path as they are written; empty where there is no list of words. */
    private static Optional<ArrayNode> words(String yaml, String... path) throws JsonProcessingException {
        try (YAMLParser parser = (YAMLParser) YAML.getFactory().createParser(yaml)) {
            parser.nextToken();
            for (String key : path) {
                while (parser.nextToken() == JsonToken.FIELD_NAME
                        && !parser.currentName().equals(key)) {
                    parser.nextToken();
                    parser.skipChildren();
                }
                parser.nextToken();
            }
            ArrayNode words = YAML.createArrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (!parser.currentToken().isScalarValue()) {
                    return Optional.empty();
                }
                words.add(parser.getText());
            }
            return Optional.of(words);
        } catch (JsonProcessingException broken) {
            throw broken;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
