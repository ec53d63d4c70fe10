package dev.koda.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What becomes of a line in the shipped pipelines: the few stages that they use, as their documentation describes them. A
 * stage that is not known here is an error, so that none is added untested.
 */
final class LogPipeline {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{ *(\\w+) *}}");

    private final Map<String, String> extracted = new HashMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();
    private Instant time = Instant.EPOCH;

    private LogPipeline() {}

    /** A line of the journal through the first job of a configuration of Promtail. */
    static LogPipeline ofPromtail(JsonNode configuration, String line) {
        var job = configuration.path("scrape_configs").get(0);
        var pipeline = new LogPipeline();
        job.at("/journal/labels")
                .properties()
                .forEach(label ->
                        pipeline.labels.put(label.getKey(), label.getValue().asText()));
        pipeline.run(job.path("pipeline_stages"), line);
        return pipeline;
    }

    /** The same through the sink of a configuration of Vector that takes it. */
    static LogPipeline ofVector(JsonNode configuration, String line) {
        var pipeline = new LogPipeline();
        RunningStack.json(line)
                .properties()
                .forEach(field ->
                        pipeline.extracted.put(field.getKey(), field.getValue().asText()));
        var family = pipeline.extracted.getOrDefault("event", "none").split("\\.", -1)[0];
        pipeline.extracted.put("event_family", family);
        pipeline.time = Instant.parse(pipeline.extracted.get("time"));
        boolean isSecurity = configuration
                .at("/transforms/kinds/route/security")
                .asText()
                .equals(".event_family == \"" + family + "\"");
        var sink = configuration.path("sinks").path(isSecurity ? "security" : "rest");
        pipeline.render(sink.path("labels"), pipeline.labels);
        pipeline.render(sink.path("structured_metadata"), pipeline.metadata);
        return pipeline;
    }

    private void run(JsonNode stages, String line) {
        for (var stage : Shipped.each(stages)) {
            var name = stage.fieldNames().next();
            var options = stage.path(name);
            switch (name) {
                case "json" -> extractJson(options.path("expressions"), line);
                case "regex" -> extractRegex(options);
                case "timestamp" -> takeTime(options);
                case "labels" -> take(options, labels);
                case "structured_metadata" -> take(options, metadata);
                case "static_labels" ->
                    options.properties()
                            .forEach(label ->
                                    labels.put(label.getKey(), label.getValue().asText()));
                case "match" -> runIfMatched(options, line);
                default -> throw new AssertionError("no stage " + name + " is known here");
            }
        }
    }

    private void extractJson(JsonNode expressions, String line) {
        var json = RunningStack.json(line);
        expressions.properties().forEach(expression -> {
            var value = json.path(expression.getValue().asText());
            if (!value.isMissingNode()) {
                extracted.put(expression.getKey(), value.asText());
            }
        });
    }

    private void extractRegex(JsonNode options) {
        var expression = options.path("expression").asText();
        // The names of the groups are all that differs between Go and Java.
        var pattern = Pattern.compile(expression.replace("(?P<event_family>", "("));
        var found =
                pattern.matcher(extracted.getOrDefault(options.path("source").asText(), ""));
        if (found.find()) {
            extracted.put("event_family", found.group(1));
        }
    }

    private void takeTime(JsonNode options) {
        if (!options.path("format").asText().equals("RFC3339Nano")) {
            throw new AssertionError("the format of time is not known here");
        }
        try {
            time = Instant.parse(extracted.getOrDefault(options.path("source").asText(), ""));
        } catch (DateTimeParseException unreadable) {
            throw new AssertionError("no time in " + extracted, unreadable);
        }
    }

    private void take(JsonNode names, Map<String, String> into) {
        names.fieldNames().forEachRemaining(name -> {
            if (extracted.containsKey(name)) {
                into.put(name, extracted.get(name));
            }
        });
    }

    private void runIfMatched(JsonNode options, String line) {
        var selector = options.path("selector").asText();
        var matched = labels.entrySet().stream()
                .anyMatch(label -> selector.equals("{" + label.getKey() + "=\"" + label.getValue() + "\"}"));
        if (matched) {
            run(options.path("stages"), line);
        }
    }

    private void render(JsonNode templates, Map<String, String> into) {
        templates.properties().forEach(template -> {
            var text = template.getValue().asText();
            var field = TEMPLATE.matcher(text);
            if (!field.matches()) {
                into.put(template.getKey(), text);
            } else if (extracted.containsKey(field.group(1))) {
                into.put(template.getKey(), extracted.get(field.group(1)));
            }
        });
    }

    Map<String, String> labels() {
        return labels;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    Instant time() {
        return time;
    }
}
