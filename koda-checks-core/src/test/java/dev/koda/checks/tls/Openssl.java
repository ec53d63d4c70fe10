package dev.koda.checks.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The openssl of this host, for files as other programs write them. */
final class Openssl {
    private Openssl() {}

    static void run(Object... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        Stream.of(words).map(Object::toString).forEach(command::add);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
    }
}
