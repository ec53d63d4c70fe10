package dev.koda.dashboard;

import dev.koda.checks.meters.StateSamples;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps what was published last. */
final class RecordedFigures implements StateSamples {
    private final Map<String, List<Sample>> published = new ConcurrentHashMap<>();

    @Override
    public void publish(String metric, List<Sample> samples) {
        published.put(metric, samples);
    }

    @Override
    public void publishDistributions(String metric, List<Distribution> distributions) {
        throw new AssertionError("the surface has no histogram");
    }

    @Override
    public void clear(String metric) {
        published.remove(metric);
    }

    @Override
    public void release(String metric) {
        published.remove(metric);
    }

    /** The value of the sample with these labels; null if there is none. */
    @Nullable
    Double value(String metric, String... labelValues) {
        return published.getOrDefault(metric, List.of()).stream()
                .filter(sample -> sample.labelValues().equals(List.of(labelValues)))
                .map(Sample::value)
                .findFirst()
                .orElse(null);
    }
}
