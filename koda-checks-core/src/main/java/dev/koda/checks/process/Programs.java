package dev.koda.checks.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs without the path of this process, which says nothing about the one of a command. */
final class Programs {
    private Programs() {}

    /** The first file of that name, whether it can be run or not; one that can goes first. Blocks. */
    static Optional<Path> find(String name) {
        try {
            var places = candidates(name).filter(Files::isRegularFile).toList();
            return places.stream()
                    .filter(Files::isExecutable)
                    .findFirst()
                    .or(() -> places.stream().findFirst());
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static Stream<Path> candidates(String name) {
        boolean isName = name.indexOf('/') < 0;
        return isName
                ? Arrays.stream(Command.PATH.split(":", -1)).map(directory -> Path.of(directory, name))
                : Stream.of(Path.of(name)).filter(Path::isAbsolute);
    }
}
