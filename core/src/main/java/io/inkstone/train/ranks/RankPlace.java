package io.inkstone.train.ranks;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of several processes this one is, in the words of torchrun's contract.
 *
 * @param rank from 0; process 0 writes and prints
 * @param localRank the same among those on this machine
 * @param ranks how many there are in all
 * @param address where process 0 can be reached
 * @param port at that address, 1…65535
 */
public record RankPlace(int rank, int localRank, int ranks, String address, int port) {
    private static final List<String> NAMES = List.of("RANK", "LOCAL_RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT");

    public RankPlace {
        if (ranks < 1 || rank < 0 || rank >= ranks || localRank < 0) {
            throw new InputException(Words.of(
                    "RANK must be in 0…WORLD_SIZE−1 and LOCAL_RANK 0 or more, got RANK=%d, LOCAL_RANK=%d, WORLD_SIZE=%d.",
                    rank, localRank, ranks));
        }
        if (port < 1 || port > 65_535) {
            throw new InputException(Words.of("MASTER_PORT must be in 1…65535, got %d.", port));
        }
    }

    /** What {@code environment} says; empty where it says nothing of it, and where there is one process. */
    public static Optional<RankPlace> of(Map<String, String> environment) {
        if (!environment.containsKey("WORLD_SIZE") && !environment.containsKey("RANK")) {
            return Optional.empty();
        }
        List<String> missing =
                NAMES.stream().filter(name -> !environment.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new InputException(Words.of(
                    "The environment names some of torchrun's variables, and not %s. Set all of %s, or none of them.",
                    String.join(", ", missing), String.join(", ", NAMES)));
        }
        RankPlace place = new RankPlace(
                number(environment, "RANK"),
                number(environment, "LOCAL_RANK"),
                number(environment, "WORLD_SIZE"),
                environment.get("MASTER_ADDR"),
                number(environment, "MASTER_PORT"));
        return place.ranks == 1 ? Optional.empty() : Optional.of(place);
    }

    private static int number(Map<String, String> environment, String name) {
        try {
            return Integer.parseInt(environment.get(name).strip());
        } catch (NumberFormatException none) {
            throw new InputException(
                    Words.of("%s must be a whole number, got '%s'.", name, environment.get(name)), none);
        }
    }

    /** What torchrun would set for this process. */
    public Map<String, String> environment() {
        return Map.of(
                "RANK", String.valueOf(rank),
                "LOCAL_RANK", String.valueOf(localRank),
                "WORLD_SIZE", String.valueOf(ranks),
                "MASTER_ADDR", address,
                "MASTER_PORT", String.valueOf(port));
    }

    /** Whether all of them are on this machine. */
    boolean isLocal() {
        return address.equals("127.0.0.1") || address.equals("localhost");
    }

    public boolean leads() {
        return rank == 0;
    }

    /** Refuses a batch that cannot be shared out evenly. */
    public void requireDivides(int batch) {
        if (batch % ranks == 0) {
            return;
        }
        int less = ranks;
        while (batch % less != 0) {
            less--;
        }
        int more = ranks;
        while (more < batch && batch % more != 0) {
            more++;
        }
        throw new InputException(Words.of(
                "%d processes cannot share a batch of %d evenly: take %s%s (or another train.batch).",
                ranks, batch, less, batch % more == 0 && more != less ? " or " + more : ""));
    }
}
