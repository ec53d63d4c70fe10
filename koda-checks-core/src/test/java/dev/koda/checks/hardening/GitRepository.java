package dev.koda.checks.hardening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A repository that git itself made. */
final class GitRepository {
    private final Path top;

    private GitRepository(Path top) {
        this.top = top;
    }

    static GitRepository in(Path directory, String... options) {
        var repository = new GitRepository(directory);
        var command = new ArrayList<>(List.of("init", "-q"));
        command.addAll(List.of(options));
        repository.git(command.toArray(String[]::new));
        return repository;
    }

    Path write(String name) {
        try {
            var file = top.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, "KEY=value\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void git(String... arguments) {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).directory(top.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("git " + List.of(arguments) + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("git does not run", e);
        }
    }
}
