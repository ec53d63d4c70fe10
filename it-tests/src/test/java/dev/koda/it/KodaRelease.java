package dev.koda.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A release of Koda in a directory, as its own command downloads it: a bundle, a manifest and checksums. */
final class KodaRelease {
    private final Path directory;
    private final boolean isBad;

    private KodaRelease(Path directory, boolean isBad) {
        this.directory = directory;
        this.isBad = isBad;
    }

    /**
     * Makes one whose containers are a Postgres with a tag that moves, and these.
     *
     * @param services lines such as {@code app: example/koda-app:1}
     */
    static KodaRelease make(Path directory, String version, String... services) {
        var compose = new StringBuilder("services:\n  postgres:\n    image: example/pgvector:pg16\n");
        for (var service : services) {
            compose.append("  ")
                    .append(service.replaceFirst(": ", ":\n    image: "))
                    .append('\n');
        }
        var release = new KodaRelease(directory, compose.indexOf(":bad") >= 0);
        release.write("bundle/docker-compose.release.yml", compose.toString());
        release.write("bundle/proxy/nginx.conf", "# of release " + version + "\n");
        release.write("manifest.json", "{\n  \"schema_version\": 1,\n  \"version\": \"" + version + "\"\n}\n");
        release.sum();
        return release;
    }

    /** True if it has an image that the stand-in for Koda does not work with. */
    boolean isBad() {
        return isBad;
    }

    Path directory() {
        return directory;
    }

    /** The template of its settings. */
    KodaRelease template(String text) {
        return with("bundle/.env.bootstrap", text);
    }

    /** With one file more, that the checksums know. */
    KodaRelease with(String name, String text) {
        write(name, text);
        sum();
        return this;
    }

    /** Writes a file without telling the checksums. */
    void write(String name, String text) {
        try {
            var file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void sum() {
        var sums = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.endsWith("CHECKSUMS.txt")) {
                    sums.append(sha256(file))
                            .append("  ")
                            .append(directory.relativize(file))
                            .append('\n');
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        write("CHECKSUMS.txt", sums.toString());
    }

    /** The SHA-256 of this file, in hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every JDK has SHA-256", missing);
        }
    }
}
