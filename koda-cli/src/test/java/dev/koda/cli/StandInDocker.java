package dev.koda.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A directory with a Koda install, and a {@code docker} that shows logs which a test has written. */
final class StandInDocker {
    private static final Path SCRIPT = Path.of("src/test/resources/stand-in/docker");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

    private final Path programs;
    private final Path state;
    private final Path install;

    StandInDocker(Path directory) throws IOException {
        programs = Files.createDirectories(directory.resolve("programs"));
        state = Files.createDirectories(programs.resolve("state"));
        install = directory.resolve("koda");
        Files.copy(SCRIPT, programs.resolve("docker"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(install.resolve("bundle"));
        Files.writeString(install.resolve("bundle/docker-compose.release.yml"), "services: {}\n");
        Files.writeString(install.resolve(".env"), "POSTGRES_PASSWORD=correct-horse\n");
        Files.writeString(install.resolve(".release.env"), "");
    }

    /** For {@code PATH}. */
    String path() {
        return programs + ":/usr/bin:/bin";
    }

    Path install() {
        return install;
    }

    Path state(String name) {
        return state.resolve(name);
    }

    /** Writes the log of a service; each line begins with the milliseconds of its stamp and a blank. */
    void log(String service, String... lines) throws IOException {
        var text = new StringBuilder();
        for (var line : lines) {
            int blank = line.indexOf(' ');
            text.append(stamp(Long.parseLong(line.substring(0, blank))))
                    .append(line.substring(blank))
                    .append('\n');
        }
        Files.writeString(state(service + ".log"), text);
    }

    /** As Docker writes it, with nine digits. */
    static String stamp(long millis) {
        var moment = Instant.parse("2026-11-23T10:00:00Z").plusMillis(millis);
        return STAMP.format(moment.atOffset(ZoneOffset.UTC));
    }

    void fail(String words) throws IOException {
        Files.writeString(state("fail"), words);
    }

    List<String> calls() throws IOException {
        return Files.readAllLines(state("calls"));
    }
}
