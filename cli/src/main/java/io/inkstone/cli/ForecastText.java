package io.inkstone.cli;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.TrainingForecast;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a training would be, in words and fields: the resolved recipe, its size, memory and time. */
record ForecastText(TrainingForecast forecast) {
    Result result() {
        String yaml = Recipes.print(forecast.recipe());
        String text = yaml
                + Words.of(
                        "%n# %,d parameters, %s; about %,d MB of memory and %s on this machine",
                        forecast.estimate().parameters(),
                        Counted.of(forecast.pictures(), "picture"),
                        forecast.estimate().bytes() >> 20,
                        Durations.words(forecast.seconds()));
        return new Result(
                text,
                Map.of(
                        "recipe", yaml,
                        "parameters", forecast.estimate().parameters(),
                        "pictures", forecast.pictures(),
                        "memoryMegabytes", forecast.estimate().bytes() >> 20,
                        "seconds", Math.round(forecast.seconds()),
                        "notes", forecast.notes()));
    }

    /** Those of a list of recipes. */
    static Result together(List<Result> results) {
        return new Result(
                results.stream().map(Result::text).collect(Collectors.joining(System.lineSeparator())),
                Map.of("recipes", results.stream().map(Result::fields).toList()));
    }
}
