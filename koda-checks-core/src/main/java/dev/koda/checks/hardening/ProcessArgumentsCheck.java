package dev.koda.checks.hardening;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does a process carry a secret in its arguments, where every user of the machine can read it? */
final class ProcessArgumentsCheck implements CheckSpec.BlockingCheck {
    /** A shorter one is a word that may stand anywhere. */
    private static final int SHORTEST = 8;
    /** No command line that people write is longer; the kernel allows 2 MiB. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int NAMED = 3;

    private final Path proc;
    private final Supplier<Set<String>> secrets;

    ProcessArgumentsCheck(Path proc, Supplier<Set<String>> secrets) {
        this.proc = proc;
        this.secrets = secrets;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        if (!Files.isReadable(proc.resolve("self/cmdline"))) {
            return Outcome.skipped("this host has no /proc to look at processes");
        }
        var wanted = secrets.get().stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .map(secret -> new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList();
        var found = new ArrayList<String>();
        try (var processes = Files.newDirectoryStream(proc, ProcessArgumentsCheck::isProcess)) {
            int seen = look(processes, wanted, found);
            // Those of other users, and of other containers, may be hidden.
            return found.isEmpty()
                    ? Outcome.pass("none of the " + seen
                            + " processes that can be seen here carries a secret of the settings in its arguments")
                    : exposed(found);
        }
    }

    /** How many it has looked at. */
    private static int look(DirectoryStream<Path> processes, List<String> wanted, List<String> found) {
        int seen = 0;
        for (var process : processes) {
            var arguments = read(process.resolve("cmdline"));
            seen += arguments.isEmpty() ? 0 : 1;
            if (wanted.stream().anyMatch(arguments::contains)) {
                found.add(process.getFileName() + " ("
                        + read(process.resolve("comm")).strip() + ")");
            }
        }
        return seen;
    }

    private static Outcome exposed(List<String> found) {
        var named = found.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
        var rest = found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : "";
        return Outcome.fail("a secret stands in the arguments of process " + named + rest
                        + ", and every user of the machine can read those")
                .reason("secret_in_arguments")
                .hint("pass it in the environment or in a file, and change the secret")
                .observed("processes", found.size(), "processes");
    }

    private static boolean isProcess(Path path) {
        return path.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Empty for a process that has ended meanwhile, or that we may not look at. */
    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
