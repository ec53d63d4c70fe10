package dev.koda.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what {@code docker compose ps --format json} says: a JSON object a line, or, from older versions, an array. */
final class ContainerList {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("com\\.docker\\.compose\\.container-number=(\\d{1,6})");
    private static final Pattern END_OF_NAME = Pattern.compile("[-_](\\d{1,6})$");

    private ContainerList() {}

    /**
     * The containers of these services in the order of the services; one for a service that has none yet.
     *
     * @throws LogsException if it is no such JSON
     */
    static List<Container> read(String json, List<String> services) throws LogsException {
        var found = new HashMap<String, List<Container>>();
        try (var parser = FACTORY.createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    var container = container(fields(parser));
                    found.computeIfAbsent(container.service(), service -> new ArrayList<>())
                            .add(container);
                }
            }
        } catch (IOException notJson) {
            throw new LogsException("docker compose ps does not answer in JSON; it needs version 2.21 or later");
        }
        var containers = new ArrayList<Container>();
        for (var service : services) {
            var own = found.getOrDefault(service, List.of());
            if (own.size() > 1) {
                own.stream().sorted(Comparator.comparingInt(Container::index)).forEach(containers::add);
            } else {
                boolean isRunning = !own.isEmpty() && own.get(0).isRunning();
                containers.add(new Container(service, 0, isRunning));
            }
        }
        return containers;
    }

    private static Container container(Map<String, String> fields) {
        var labels = NUMBER.matcher(fields.getOrDefault("Labels", ""));
        var name = END_OF_NAME.matcher(fields.getOrDefault("Name", ""));
        int index =
                labels.find() ? Integer.parseInt(labels.group(1)) : name.find() ? Integer.parseInt(name.group(1)) : 1;
        boolean isRunning = fields.getOrDefault("State", "running").equals("running");
        return new Container(fields.getOrDefault("Service", ""), index, isRunning);
    }

    /** Texts only; what is nested says nothing that is needed here. */
    private static Map<String, String> fields(JsonParser parser) throws IOException {
        var fields = new HashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }
}
