package dev.koda.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "reconcile",
        abbreviateSynopsis = true,
        description = "Look whether every audit event of a server's log is in the store.",
        footer = {
            "",
            "The log is the JSON lines that koda serve writes; lines of others do not count.",
            "Each event has the same id in both. Those that are in the log alone are printed.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: docker compose logs --no-log-prefix koda-checks | koda audit reconcile"
        })
final class AuditReconcileCommand implements Callable<Integer> {
    /** Clocks of a log line and of its event are read one after the other. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The log; default: standard input.")
    private String file = "-";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    private final Map<String, String> logged = new LinkedHashMap<>();
    private @Nullable Instant first;
    private @Nullable Instant last;

    AuditReconcileCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        read();
        var from = first;
        var to = last;
        if (from == null || to == null) {
            throw new DoctorException(ExitCode.USAGE, "there is no audit event in this log");
        }
        var stored = stored(operations.client(shell), from.minus(MARGIN), to.plus(MARGIN));
        var missing = new LinkedHashMap<>(logged);
        missing.keySet().removeAll(stored);
        missing.values().forEach(line -> shell.document(line + "\n"));
        shell.say("koda audit reconcile: " + logged.size() + " events in the log, " + missing.size()
                + " of them not in the store; " + (stored.size() - (logged.size() - missing.size()))
                + " more in the store from this time");
        if (!missing.isEmpty()) {
            shell.say("koda audit reconcile: exit 1: the store lacks events of the log");
        }
        return (missing.isEmpty() ? ExitCode.PASS : ExitCode.FAIL).code();
    }

    private void read() {
        var source =
                file.equals("-") ? Path.of("/dev/stdin") : shell.directory().resolve(file);
        try (var lines = Files.newBufferedReader(source, StandardCharsets.UTF_8)) {
            lines.lines().filter(line -> line.contains("\"dev.koda.audit\"")).forEach(this::note);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new DoctorException(ExitCode.USAGE, "the log cannot be read");
        }
    }

    private void note(String line) {
        try {
            var json = new JsonObject(line.substring(line.indexOf('{')));
            var data = json.getJsonObject("data", new JsonObject());
            var id = data.getString("event_id");
            if (id == null) {
                return;
            }
            var time = Instant.parse(json.getString("time"));
            first = first == null || time.isBefore(first) ? time : first;
            last = last == null || time.isAfter(last) ? time : last;
            logged.put(
                    id,
                    new JsonObject()
                            .put("id", id)
                            .put("time", time.toString())
                            .put("type", json.getString("event", data.getString("event")))
                            .encode());
        } catch (RuntimeException notOurs) {
            // A line of somebody else that happens to name the logger.
        }
    }

    private static Set<String> stored(OperationsClient client, Instant from, Instant to) {
        var ids = new HashSet<String>();
        String cursor = "";
        do {
            var page = client.json("GET", "/audit/events?order=asc&limit=500&from=" + from + "&to=" + to + cursor);
            page.getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getString("id")));
            var next = page.getString("next_cursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return ids;
    }
}
