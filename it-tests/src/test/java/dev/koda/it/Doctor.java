package dev.koda.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** A report as its readers see it: the JSON. */
record Doctor(JsonNode report) {
    /** What {@code disk.space} asks for before it is content, in percent. */
    private static final double ROOM = 15;

    static Doctor of(String json) {
        return new Doctor(RunningStack.json(json));
    }

    String status() {
        return report.path("status").asText();
    }

    /** The checks of a group, such as {@code postgres}; all for an empty name. */
    List<JsonNode> checks(String group) {
        return StreamSupport.stream(report.path("checks").spliterator(), false)
                .filter(check -> id(check).startsWith(group))
                .toList();
    }

    /** Ids and messages of what is not pass. */
    List<String> troubles() {
        return checks("").stream()
                .filter(check -> !check.path("status").asText().equals("pass"))
                .map(check -> id(check) + ": " + check.path("message").asText())
                .toList();
    }

    /** The ids of the checks that have run and are not pass. */
    List<String> culprits() {
        return checks("").stream()
                .filter(check -> !check.path("status").asText().equals("pass") && !isNotRun(check))
                .map(Doctor::id)
                .toList();
    }

    /** The ids of the group's checks with this status that have run. */
    List<String> ids(String group, String status) {
        return checks(group).stream()
                .filter(check -> check.path("status").asText().equals(status))
                .filter(check -> !isNotRun(check))
                .map(Doctor::id)
                .toList();
    }

    /** The causes that the group's checks name which have not run. */
    List<String> rootCauses(String group) {
        return checks(group).stream()
                .filter(Doctor::isNotRun)
                .map(check -> check.path("root_cause").asText())
                .toList();
    }

    private static boolean isNotRun(JsonNode check) {
        return check.path("reason").asText().equals("not_run");
    }

    static String id(JsonNode check) {
        return check.path("id").asText();
    }

    /**
     * The disk precondition of a doctor that is pass, which a test cannot bring about: room on the volume of the
     * directory. Says so where it does not hold.
     */
    static boolean hasRoom(Path directory) {
        try {
            var volume = Files.getFileStore(directory);
            double percent = 100.0 * volume.getUsableSpace() / volume.getTotalSpace();
            if (percent < ROOM) {
                System.out.printf(
                        "precondition: only %.1f %% of the volume of %s is free, %.0f %% are asked for:"
                                + " disk.space may warn or fail here%n",
                        percent, directory, ROOM);
            }
            return percent >= ROOM;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
