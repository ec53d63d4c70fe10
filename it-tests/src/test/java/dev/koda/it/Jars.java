package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of a program that embeds the engine.
 *
 * @param files the jars, in the order of the class path
 */
record Jars(List<Path> files) {
    Jars {
        files = List.copyOf(files);
    }

    /** The library and the annotations it is compiled with. */
    static Jars ofCore() {
        return new Jars(List.of()).and("koda-checks-core-", "jspecify-");
    }

    /** With all jars of this test's own class path whose names begin so. */
    Jars and(String... prefixes) {
        var more = Stream.of(prefixes).flatMap(Jars::named).toList();
        return new Jars(Stream.concat(files.stream(), more.stream()).toList());
    }

    /** With all jars in a directory. */
    Jars andAllIn(Path directory) throws IOException {
        try (var inside = Files.list(directory)) {
            return new Jars(Stream.concat(files.stream(), inside.sorted()).toList());
        }
    }

    /** For a {@code -cp} option. */
    String classPath() {
        return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> named(String prefix) {
        var found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .toList();
        assertThat(found).as("jars on the class path that begin with " + prefix).isNotEmpty();
        return found.stream();
    }
}
