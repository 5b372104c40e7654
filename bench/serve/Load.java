import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many clients at once, each asking for a picture again as soon as it has one, and one that asks for the list of models meanwhile.
 *
 * <p>{@code java Load.java ADDRESS CLIENTS SECONDS STEPS PROMPT} prints one line of figures.
 */
final class Load {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicLong PICTURES = new AtomicLong();
    private static final Map<String, AtomicLong> FAILED = new ConcurrentHashMap<>();
    private static final Set<Long> SEEDS = ConcurrentHashMap.newKeySet();
    private static final AtomicLong TWICE = new AtomicLong();

    public static void main(String[] words) throws Exception {
        String address = words[0];
        int clients = Integer.parseInt(words[1]);
        long until = System.nanoTime() + Duration.ofSeconds(Long.parseLong(words[2])).toNanos();
        AtomicLong next = new AtomicLong(1);
        CountDownLatch left = new CountDownLatch(clients);
        long began = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Thread client = new Thread(
                    null,
                    () -> {
                        while (System.nanoTime() < until) {
                            one(address, next.getAndIncrement(), words[3], words[4]);
                        }
                        left.countDown();
                    },
                    "client",
                    256 << 10);
            client.start();
        }
        List<Double> looks = new ArrayList<>();
        while (System.nanoTime() < until) {
            long asked = System.nanoTime();
            HTTP.send(
                    HttpRequest.newBuilder(URI.create(address + "/v1/models")).build(),
                    HttpResponse.BodyHandlers.ofString());
            looks.add((System.nanoTime() - asked) / 1e6);
            Thread.sleep(50);
        }
        left.await();
        double seconds = (System.nanoTime() - began) / 1e9;
        double[] sorted = looks.stream().mapToDouble(each -> each).sorted().toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "%d clients, %.0f s: %d pictures, %.1f a second; failed %s; answered twice or with another's seed %d; GET /v1/models median %.1f ms, 99th percentile %.1f ms of %d",
                clients,
                seconds,
                PICTURES.get(),
                PICTURES.get() / seconds,
                FAILED,
                TWICE.get(),
                sorted[sorted.length / 2],
                sorted[(int) (0.99 * (sorted.length - 1))],
                sorted.length));
    }

    private static void one(String address, long seed, String steps, String prompt) {
        String body = "{\"prompt\":\"" + prompt + "\",\"steps\":" + steps + ",\"seed\":" + seed + "}";
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(address + "/v1/images/generations"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 429) {
                FAILED.computeIfAbsent("429", key -> new AtomicLong()).incrementAndGet();
                Thread.sleep(1000);
                return;
            }
            if (answer.statusCode() != 200) {
                FAILED.computeIfAbsent(String.valueOf(answer.statusCode()), key -> new AtomicLong())
                        .incrementAndGet();
                return;
            }
            PICTURES.incrementAndGet();
            if (!answer.body().contains("\"seed\":" + seed + "}") || !SEEDS.add(seed)) {
                TWICE.incrementAndGet();
            }
        } catch (Exception failure) {
            FAILED.computeIfAbsent(failure.getClass().getSimpleName(), key -> new AtomicLong())
                    .incrementAndGet();
        }
    }
}
