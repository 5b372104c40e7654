package io.inkstone.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.tensor.ProcessMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Our end of what {@link Side} says; bench/reference/conversation.py is Python's. */
final class Conversation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String note;
    private final Map<String, Work> tasks = new LinkedHashMap<>();
    private final Map<String, Work> warmUps = new LinkedHashMap<>();

    /** Something to do a number of times; answers with the milliseconds of each. */
    @FunctionalInterface
    interface Work {
        double[] run(int times) throws IOException;

        static Work of(Step step) {
            return times -> {
                double[] milliseconds = new double[times];
                for (int i = 0; i < times; i++) {
                    long start = System.nanoTime();
                    step.run();
                    milliseconds[i] = (System.nanoTime() - start) / 1e6;
                }
                return milliseconds;
            };
        }
    }

    /** One measured piece of work. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    Conversation(String note) {
        this.note = note;
    }

    Conversation task(String name, Work work) {
        return task(name, work, work);
    }

    Conversation task(String name, Work work, Work warmUp) {
        tasks.put(name, work);
        warmUps.put(name, warmUp);
        return this;
    }

    /** @param results by which sides are compared: numbers by task */
    void hold(Map<String, ?> results) throws IOException {
        say(Map.of("event", "loaded"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("warm")) {
                say(Map.of(
                        "event",
                        "warm",
                        "milliseconds",
                        warmUps.get(words[1]).run(1)[0],
                        "note",
                        note));
            } else {
                say(Map.of(
                        "event", "times", "milliseconds", tasks.get(words[1]).run(Integer.parseInt(words[2]))));
            }
        }
        say(Map.of("event", "end", "results", results, "peakMegabytes", ProcessMemory.peakMegabytes()));
    }

    private static void say(Map<String, ?> fields) throws JsonProcessingException {
        System.out.println("@bench " + JSON.writeValueAsString(fields));
        System.out.flush();
    }
}
