package io.inkstone.run;

import io.inkstone.run.SharedTraining.Outcome;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A process that trains all tiny trainings with others, and writes down what came of them. */
final class OneOfSome {
    private OneOfSome() {}

    /** @param words the folder for its outcomes */
    public static void main(String[] words) throws IOException {
        RankPlace place = RankPlace.of(System.getenv()).orElseThrow();
        RankExchange exchange = RankExchange.meet(place);
        LinkedHashMap<String, ArrayList<Outcome>> outcomes = new LinkedHashMap<>();
        for (SharedTraining training : SharedTraining.all()) {
            ArrayList<Outcome> some = new ArrayList<>(List.of(training.standing(exchange, Optional.of(place))));
            for (int time = 0; time < training.times(place.ranks()); time++) {
                some.add(training.moving(exchange, Optional.of(place)));
            }
            outcomes.put(training.name(), some);
        }
        try (ObjectOutputStream out = new ObjectOutputStream(
                Files.newOutputStream(Path.of(words[0]).resolve(place.rank() + "-of-" + place.ranks())))) {
            out.writeObject(outcomes);
        }
        exchange.close();
        System.exit(0);
    }
}
