package dev.koda.it;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** A directory with a Koda install, and a {@code docker} that shows logs which a test has written. */
final class StandInDocker {
    private static final Path SCRIPT = Path.of("..", "koda-cli", "src", "test", "resources", "stand-in", "docker");
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

    private final Path programs;
    private final Path state;
    private final Path install;

    StandInDocker(Path directory) {
        programs = directory.resolve("programs");
        state = programs.resolve("state");
        install = directory.resolve("koda");
        try {
            Files.createDirectories(state);
            Files.copy(SCRIPT, programs.resolve("docker"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.createDirectories(install.resolve("bundle"));
            Files.writeString(install.resolve("bundle/docker-compose.release.yml"), "services: {}\n");
            Files.writeString(install.resolve(".env"), "POSTGRES_PASSWORD=correct-horse-battery\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The environment in which it goes before any other one. */
    Map<String, String> environment() {
        return Map.of("PATH", programs + ":" + System.getenv("PATH"));
    }

    /** The directory of the install. */
    String install() {
        return install.toString();
    }

    /** The log of a service, to be written line by line. */
    BufferedWriter log(String service) throws IOException {
        return Files.newBufferedWriter(
                state.resolve(service + ".log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Adds a line that is logged now. */
    void logNow(String service, String text) throws IOException {
        try (var log = log(service)) {
            log.write(stamp(Instant.now()) + ' ' + text + '\n');
        }
    }

    /** Has the service restart after each of these lines of its log, of which the first is the last one before we come. */
    void restarts(String service, List<Integer> lines) throws IOException {
        Files.write(
                state.resolve(service + ".cuts"),
                lines.stream().map(String::valueOf).toList());
    }

    /** A stamp as Docker writes it, that many nanoseconds after the beginning of the logs. */
    static String stamp(long nanos) {
        return stamp(BEGIN.plusNanos(nanos));
    }

    private static String stamp(Instant moment) {
        return STAMP.format(moment.atOffset(ZoneOffset.UTC));
    }
}
