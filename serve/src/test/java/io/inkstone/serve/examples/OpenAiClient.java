package io.inkstone.serve.examples;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.images.ImageGenerateParams;
import java.time.Duration;
import java.util.Base64;

/** openai-java against a server of ours; a part of docs/serve.md. */
public final class OpenAiClient {
    private OpenAiClient() {}

    // docs: begin
    /** A picture by openai-java; {@code address} such as http://127.0.0.1:7860. */
    public static byte[] draw(String address, String model, String prompt) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(address + "/v1")
                .apiKey("none") // or a line of --key-file
                .timeout(Duration.ofMinutes(10))
                .build();
        ImageGenerateParams wish = ImageGenerateParams.builder()
                .model(model)
                .prompt(prompt)
                .putAdditionalBodyProperty("seed", JsonValue.from(7))
                .putAdditionalBodyProperty("steps", JsonValue.from(20))
                .build();
        String picture = client.images()
                .generate(wish)
                .data()
                .orElseThrow()
                .get(0)
                .b64Json()
                .orElseThrow();
        return Base64.getDecoder().decode(picture);
    }
    // docs: end
}
