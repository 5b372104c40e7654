package io.inkstone.serve.examples;

import dev.langchain4j.model.openai.OpenAiImageModel;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** LangChain4j against a server of ours; a part of docs/serve.md. */
public final class LangChain4jClient {
    private LangChain4jClient() {}

    // docs: begin
    /** A picture by LangChain4j, which asks once and never again: give it time. */
    public static byte[] draw(String address, String model, String prompt) {
        OpenAiImageModel images = OpenAiImageModel.builder()
                .baseUrl(address + "/v1")
                .apiKey("none") // or a line of --key-file
                .modelName(model)
                .timeout(Duration.ofMinutes(10))
                .customQueryParams(Map.of("seed", "7", "steps", "20")) // what it has no option for
                .build();
        return Base64.getDecoder().decode(images.generate(prompt).content().base64Data());
    }
    // docs: end
}
