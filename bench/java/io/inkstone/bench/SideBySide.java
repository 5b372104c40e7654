package io.inkstone.bench;

import static io.inkstone.bench.Programs.CEILING;
import static io.inkstone.bench.Programs.INKSTONE;
import static io.inkstone.bench.Programs.PUBLISHED;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The report's first table: what one processor says beside another. */
record SideBySide(List<OneProcessor> processors) {
    String text() {
        List<String> header = new ArrayList<>(List.of(""));
        processors.forEach(each -> header.add(each.hardware().describe()));
        Table table = new Table(header);
        Set<String> names = new LinkedHashSet<>();
        for (Row row : Row.all()) {
            processors.stream()
                    .flatMap(each -> each.lines().stream())
                    .filter(line -> line.row().name().equals(row.name()) && row.computes())
                    .filter(line -> line.median(INKSTONE).isPresent())
                    .forEach(line -> names.add(line.name()));
        }
        for (String name : names) {
            List<String> cells = new ArrayList<>(List.of(name));
            processors.forEach(each -> cells.add(each.lines().stream()
                    .filter(line -> line.name().equals(name))
                    .findFirst()
                    .map(SideBySide::ratios)
                    .orElse("–")));
            table.row(cells);
        }
        return "\n"
                + "## Processors side by side\n\n"
                + "Inkstone in the precision that it chooses there: its median; how many times as long the published"
                + " program and the best PyTorch take; how many times as long as its products alone it takes.\n"
                + table;
    }

    private static String ratios(Line line) {
        return line.median(INKSTONE)
                .map(own -> String.join(
                        "; ",
                        Cell.duration(own),
                        "published " + times(line.median(PUBLISHED).map(other -> other / own)),
                        "best " + times(line.median(line.best()).map(other -> other / own)),
                        "products " + times(line.median(CEILING).map(other -> own / other))))
                .orElse("failed");
    }

    private static String times(Optional<Double> ratio) {
        return ratio.map("%.2f"::formatted).orElse("–");
    }
}
