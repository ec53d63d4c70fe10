package dev.koda.server.metrics;

import dev.koda.dashboard.http.Accepts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The formats that Prometheus can ask for, and which of them an Accept header means. */
enum ScrapeFormat {
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    PROTOBUF("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

    private static final Set<String> OPEN_METRICS_VERSIONS = Set.of("", "1.0.0", "0.0.1");
    private static final Set<String> TEXT_VERSIONS = Set.of("", "0.0.4");

    private final String contentType;

    ScrapeFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * The format with the greatest quality, and of several the one that is named first. Text for whoever says nothing, or
     * nothing that is known here: a browser, a script.
     */
    static ScrapeFormat of(@Nullable String accept) {
        var best = TEXT;
        double most = 0;
        for (var range : (accept == null ? "" : accept).toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = range.strip().split("\\s*;\\s*", -1);
            var parameters = parameters(parts);
            var format = format(parts[0], parameters);
            double quality = Accepts.quality(parameters.getOrDefault("q", "1"));
            if (format != null && quality > most) {
                best = format;
                most = quality;
            }
        }
        return best;
    }

    private static @Nullable ScrapeFormat format(String type, Map<String, String> parameters) {
        var version = parameters.getOrDefault("version", "");
        return switch (type) {
            case "*/*", "text/*" -> TEXT;
            case "text/plain" -> TEXT_VERSIONS.contains(version) ? TEXT : null;
            case "application/openmetrics-text" -> OPEN_METRICS_VERSIONS.contains(version) ? OPEN_METRICS : null;
            case "application/vnd.google.protobuf" -> isDelimited(parameters) ? PROTOBUF : null;
            default -> null;
        };
    }

    private static boolean isDelimited(Map<String, String> parameters) {
        return "io.prometheus.client.metricfamily".equals(parameters.get("proto"))
                && "delimited".equals(parameters.get("encoding"));
    }

    private static Map<String, String> parameters(String[] parts) {
        var parameters = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            var pair = parts[i].split("\\s*=\\s*", 2);
            parameters.put(pair[0], pair.length < 2 ? "" : pair[1].replace("\"", ""));
        }
        return parameters;
    }
}
