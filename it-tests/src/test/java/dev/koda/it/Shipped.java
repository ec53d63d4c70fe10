package dev.koda.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files that the distribution brings for operators, as they are in it. */
final class Shipped {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Shipped() {}

    /** A file or directory below {@code deploy/}. */
    static Path file(String name) {
        return Distribution.unpacked().home().resolve("deploy").resolve(name);
    }

    /** The directory of the pages about alerts. */
    static Path runbooks() {
        return Distribution.unpacked().home().resolve("docs/runbooks");
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The files of a directory with this ending, in order. */
    static List<Path> files(Path directory, String ending) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A file of YAML or JSON. */
    static JsonNode read(Path file) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text(file)));
    }

    /** All rules of all files: alerts and what is recorded. */
    static List<JsonNode> rules() {
        return files(file("prometheus/rules"), ".yml").stream()
                .flatMap(file -> each(read(file).path("groups")).stream())
                .flatMap(group -> each(group.path("rules")).stream())
                .toList();
    }

    /** Those that tell somebody. */
    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    /** The elements of an array. */
    static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
