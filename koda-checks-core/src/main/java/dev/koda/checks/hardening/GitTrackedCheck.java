package dev.koda.checks.hardening;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Does git track a file that holds secrets? Then everybody with a copy of the repository has them, for ever. */
final class GitTrackedCheck implements CheckSpec.BlockingCheck {
    private static final String POINTER = "gitdir:";

    /** A shorter one is a word that may stand anywhere. */
    private static final int SHORTEST = 8;

    private final List<Path> files;
    private final Supplier<Set<String>> secrets;

    GitTrackedCheck(List<Path> files, Supplier<Set<String>> secrets) {
        this.files = files;
        this.secrets = secrets;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        var answers = new ArrayList<Outcome>();
        int inside = 0;
        for (var file : files) {
            if (Files.exists(file) && mayHoldSecrets(file)) {
                var real = file.toRealPath();
                var top = top(real);
                if (top.isPresent()) {
                    inside++;
                    judge(file, real, top.get()).ifPresent(answers::add);
                }
            }
        }
        return inside == 0
                ? Outcome.skipped("no file with secrets lies in a working tree of git")
                : Outcome.combined(answers, Outcome.pass("git does not track the files with secrets"));
    }

    /** A {@code .env} is where secrets belong, whether one stands there today or not; in others one must be found. */
    private boolean mayHoldSecrets(Path file) throws IOException {
        if (isEnvironment(file) || isEnvironment(file.toRealPath())) {
            return true;
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return secrets.get().stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .map(secret -> new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .anyMatch(text::contains);
    }

    private static boolean isEnvironment(Path file) {
        return file.getFileName().toString().startsWith(".env");
    }

    private static Optional<Path> top(Path file) {
        for (var directory = file.getParent(); directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve(".git"))) {
                return Optional.of(directory);
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome> judge(Path file, Path real, Path top) {
        try {
            var path = top.relativize(real).toString().replace('\\', '/');
            return GitIndex.of(repository(top)).tracks(path) ? Optional.of(tracked(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(Outcome.warn("the index of git in " + top + " cannot be read, so whether it tracks "
                            + file + " is not known")
                    .reason("unknown_index")
                    .hint("ask: git -C " + top + " ls-files"));
        }
    }

    /** A worktree or submodule has a file there that names the directory. */
    private static Path repository(Path top) throws IOException {
        var git = top.resolve(".git");
        if (Files.isDirectory(git)) {
            return git;
        }
        var text = Files.readString(git).strip();
        if (!text.startsWith(POINTER)) {
            throw new IOException("no pointer to a repository");
        }
        return top.resolve(text.substring(POINTER.length()).strip());
    }

    private static Outcome tracked(Path file) {
        return Outcome.fail("git tracks " + file + ", so its secrets are in every copy of the repository")
                .reason("git_tracked")
                .hint("git rm --cached " + file
                        + ", add it to .gitignore, and change the secrets, which its history keeps");
    }
}
