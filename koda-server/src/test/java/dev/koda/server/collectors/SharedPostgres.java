package dev.koda.server.collectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One {@link KodaPostgres} for all tests of a run, in a directory that is deleted with it. */
final class SharedPostgres implements AutoCloseable {
    private final Path directory;
    private final KodaPostgres postgres;

    private SharedPostgres() {
        try {
            directory = Files.createTempDirectory("koda-collectors-");
            postgres = KodaPostgres.in(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KodaPostgres of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(SharedPostgres.class, key -> new SharedPostgres(), SharedPostgres.class)
                .postgres;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
