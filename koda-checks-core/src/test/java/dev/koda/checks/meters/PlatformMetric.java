package dev.koda.checks.meters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A metric of Koda's own exporter, written down independently of the catalogue. */
public record PlatformMetric(
        String name, String type, List<String> labels, String family, String exposedName, List<String> buckets) {
    public static List<PlatformMetric> all() throws IOException {
        try (var in = Objects.requireNonNull(PlatformMetric.class.getResourceAsStream("platform-metrics.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cell -> new PlatformMetric(cell[0], cell[1], words(cell[2]), cell[3], cell[4], words(cell[5])))
                    .toList();
        }
    }

    private static List<String> words(String cell) {
        return Stream.of(cell.split(";", -1)).filter(word -> !word.isEmpty()).toList();
    }
}
