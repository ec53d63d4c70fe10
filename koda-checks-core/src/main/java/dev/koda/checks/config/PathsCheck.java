package dev.koda.checks.config;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fails if a configured directory cannot be used, warns if what lies in it is not safe there. */
final class PathsCheck implements CheckSpec.BlockingCheck {
    private final ConfigOptions options;
    private final FileSystemType types;

    PathsCheck(ConfigOptions options, FileSystemType types) {
        this.options = options;
        this.types = types;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        var answers = new ArrayList<Outcome>();
        var usable = new LinkedHashMap<String, Path>();
        int looked = 0;
        for (var configured : options.paths()) {
            if (!configured.isExplicit() && Files.notExists(configured.path())) {
                continue;
            }
            looked++;
            var unusable = whyUnusable(configured);
            if (unusable.isPresent()) {
                answers.add(unusable.get());
            } else {
                answers.addAll(risks(configured));
                usable.put(configured.name(), configured.path().toRealPath());
            }
        }
        if (looked == 0) {
            return Outcome.skipped("no directory is configured, or the configured ones live inside a container");
        }
        answers.addAll(overlaps(usable));
        return Outcome.combined(
                answers,
                Outcome.pass(String.join(", ", usable.keySet()) + (looked == 1 ? " is usable" : " are usable")));
    }

    private static Optional<Outcome> whyUnusable(ConfigOptions.ConfiguredPath configured) {
        var path = configured.path();
        var name = configured.name();
        if (!path.isAbsolute()) {
            return Optional.of(Outcome.fail(name + " is " + path + ", which is not absolute")
                    .reason("path_relative")
                    .hint("write the whole path: a relative one depends on where the process was started"));
        }
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            return Optional.of(Outcome.fail(name + " is " + path + ", which this user may not look at")
                    .reason("access_denied")
                    .hint("run the doctor as the user that the stack runs as, or let that user into its directories"));
        } catch (IOException e) {
            return Optional.of(Outcome.fail(name + " is " + path + ", which does not exist")
                    .reason("missing")
                    .hint("make the directory, mount its volume, or run the doctor where it is mounted"));
        }
        return whyNoDirectory(name, path);
    }

    private static Optional<Outcome> whyNoDirectory(String name, Path path) {
        if (!Files.isDirectory(path)) {
            return Optional.of(Outcome.fail(name + " is " + path + ", which is not a directory")
                    .reason("not_a_directory")
                    .hint("point " + name + " to a directory"));
        }
        if (!Files.isWritable(path)) {
            return Optional.of(Outcome.fail(name + " is " + path + ", which this user must not write to")
                    .reason("not_writable")
                    .hint("give the directory to the user that the stack runs as"));
        }
        return Optional.empty();
    }

    private List<Outcome> risks(ConfigOptions.ConfiguredPath configured) throws IOException {
        var risks = new ArrayList<Outcome>();
        var posix = Files.getFileAttributeView(configured.path(), PosixFileAttributeView.class);
        if (posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            risks.add(Outcome.warn(configured.name() + " can be written by every user of the machine")
                    .reason("world_writable")
                    .hint("chmod o-w " + configured.path()));
        }
        var type = options.production().isProduction() ? types.of(configured.path()) : "";
        if (FileSystemType.EPHEMERAL.contains(type)) {
            risks.add(Outcome.warn(configured.name() + " lies on " + type + ", which does not outlive the container")
                    .reason("ephemeral")
                    .hint("mount a volume at " + configured.path()));
        }
        return risks;
    }

    private static List<Outcome> overlaps(Map<String, Path> usable) {
        var overlaps = new ArrayList<Outcome>();
        usable.forEach((name, path) -> usable.forEach((otherName, other) -> {
            if (name.compareTo(otherName) < 0 && path.equals(other)) {
                overlaps.add(Outcome.warn(name + " and " + otherName + " are the same directory")
                        .reason("same_directory")
                        .hint("give each its own: clearing one must not clear the other"));
            } else if (!path.equals(other) && other.startsWith(path)) {
                overlaps.add(Outcome.warn(otherName + " lies inside " + name)
                        .reason("nested_directory")
                        .hint("put them beside each other: clearing one must not clear the other"));
            }
        }));
        return overlaps;
    }
}
