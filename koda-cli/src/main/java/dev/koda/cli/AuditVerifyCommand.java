package dev.koda.cli;

import dev.koda.dashboard.audit.ExportCheck;
import dev.koda.dashboard.audit.Verified;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        abbreviateSynopsis = true,
        description = "Tell whether the audit log is as it was sealed.",
        footer = {
            "",
            "Without FILE and options the server looks at its own log. With FILE nothing is",
            "asked: it is what koda audit export has written, - for standard input. With",
            "--pubkey or --checkpoints and no FILE the log is fetched and verified here.",
            "Only checkpoints that were kept elsewhere tell of a log that was written anew:",
            "each is also a line of the server's log.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Examples:",
            "  koda audit verify",
            "  koda audit verify audit.ndjson --pubkey koda.pub --checkpoints kept.txt"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    /** As it stands on a line of its own, or somewhere in a line of a log. */
    private static final Pattern CHECKPOINT =
            Pattern.compile("koda-audit-checkpoint/v1 \\d+ \\S+ [0-9a-f]{64} [0-9a-f]{16} [A-Za-z0-9+/]+={0,2}");

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "An export of the log.")
    private @Nullable String file;

    @Option(
            names = "--pubkey",
            paramLabel = "FILE",
            description = "A public key of checkpoints: then each must be signed by one of these; repeatable.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--checkpoints",
            paramLabel = "FILE",
            description = "Checkpoints that were kept elsewhere, one a line; a log of the server will do.")
    private @Nullable Path checkpoints;

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    AuditVerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (file == null && keys.isEmpty() && checkpoints == null) {
            return say(operations.client(shell).json("POST", "/audit/verify"));
        }
        try {
            return say(json(verifyHere()));
        } catch (IllegalArgumentException notOne) {
            throw new DoctorException(ExitCode.USAGE, String.valueOf(notOne.getMessage()));
        } catch (UncheckedIOException broken) {
            throw new DoctorException(ExitCode.FAIL, "the export could not be read to its end");
        }
    }

    private Verified verifyHere() {
        var check = ExportCheck.of(
                keys.stream().map(this::text).toList(),
                checkpoints == null
                        ? List.of()
                        : CHECKPOINT
                                .matcher(text(checkpoints))
                                .results()
                                .map(found -> found.group())
                                .toList());
        if (file == null) {
            try (var lines = operations.client(shell).lines("GET", "/audit/export", Map.of())) {
                return verify(lines, check);
            }
        }
        var source =
                file.equals("-") ? Path.of("/dev/stdin") : shell.directory().resolve(file);
        try (BufferedReader reader = Files.newBufferedReader(source)) {
            return verify(reader.lines(), check);
        } catch (IOException unreadable) {
            throw new DoctorException(ExitCode.USAGE, file + " cannot be read");
        }
    }

    private static Verified verify(Stream<String> lines, ExportCheck check) {
        lines.forEach(check::add);
        return check.end();
    }

    private String text(Path named) {
        try {
            return Files.readString(shell.directory().resolve(named));
        } catch (IOException unreadable) {
            throw new DoctorException(ExitCode.USAGE, named + " cannot be read");
        }
    }

    private static JsonObject json(Verified verified) {
        return new JsonObject()
                .put("intact", verified.isIntact())
                .put("from", verified.from())
                .put("to", verified.to())
                .put("events", verified.events())
                .put("checkpoints", verified.checkpoints())
                .put("faults", new JsonArray(verified.faults()));
    }

    private int say(JsonObject verified) {
        boolean isIntact = Boolean.TRUE.equals(verified.getBoolean("intact"));
        shell.document(shell.style().terminal() ? text(verified, isIntact) : verified.encode() + "\n");
        if (!isIntact) {
            shell.say("koda audit verify: exit 1: the log is not as it was sealed");
        }
        return (isIntact ? ExitCode.PASS : ExitCode.FAIL).code();
    }

    private static String text(JsonObject verified, boolean isIntact) {
        var text = new StringBuilder(isIntact ? "intact: " : "NOT INTACT: ")
                .append(verified.getLong("events"))
                .append(" events, ")
                .append(verified.getLong("from"))
                .append(" to ")
                .append(verified.getLong("to"))
                .append(", and ")
                .append(verified.getLong("checkpoints"))
                .append(" checkpoints\n");
        for (var fault : verified.getJsonArray("faults", new JsonArray())) {
            text.append("  ")
                    .append(String.valueOf(fault).replaceAll("[^ -~]", "?"))
                    .append('\n');
        }
        return text.toString();
    }
}
