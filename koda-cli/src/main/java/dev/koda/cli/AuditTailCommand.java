package dev.koda.cli;

import dev.koda.checks.TimeSource;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        abbreviateSynopsis = true,
        description = "Show the last audit events, and the next ones as they are sealed.",
        footer = {
            "",
            "On a terminal an event is a line for people, else it is a JSON object. A",
            "connection that breaks is made again, and no event is missed or shown twice.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Examples:",
            "  koda audit tail --severity warning",
            "  koda audit tail -n 0 | jq -r .type"
        })
final class AuditTailCommand implements Callable<Integer> {
    private static final int MOST = 1_000;
    /** Streams that end without a message, one after another. */
    private static final int EMPTY = 5;

    /** Attempts to reach a server that was there: five minutes are enough for it to start again. */
    private static final int AWAY = 300;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Shell shell;
    private String lastId = "";
    private boolean hasHeard;
    private boolean isUnread;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final AuditFilterOptions filter = new AuditFilterOptions();

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many of the last events; default: ${DEFAULT-VALUE}, at most 1000.")
    private int lines = 20;

    AuditTailCommand(Shell shell) {
        this.shell = shell;
    }

    /** True if it has ended because nobody reads any more. */
    boolean isUnread() {
        return isUnread;
    }

    @Override
    public Integer call() {
        if (lines < 0 || lines > MOST) {
            throw new ParameterException(spec.commandLine(), "--lines must be from 0 to " + MOST + ", not " + lines);
        }
        var client = operations.client(shell);
        var query = filter.query(spec.commandLine(), TimeSource.system(), List.of("tail=" + lines));
        follow(client, query);
        int empty = 0;
        for (int away = 0; away < AWAY && empty < EMPTY && !isUnread; away++) {
            hasHeard = false;
            if (isThere(client, query)) {
                away = 0;
                empty = hasHeard ? 0 : empty + 1;
            } else {
                DoctorRun.pause(TimeSource.system(), PAUSE);
            }
        }
        if (isUnread) {
            return ExitCode.PASS.code();
        }
        throw new DoctorException(ExitCode.FAIL, "the stream of events breaks again and again");
    }

    /** Goes on where the last connection was; false if the server does not answer, as while it starts again. */
    private boolean isThere(OperationsClient client, String query) {
        try {
            follow(client, query);
            return true;
        } catch (DoctorException refused) {
            if (refused.code() != ExitCode.FAIL) {
                throw refused;
            }
            return false;
        }
    }

    private void follow(OperationsClient client, String query) {
        var resume = lastId.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", lastId);
        try (Stream<String> stream = client.lines("GET", "/audit/stream" + query, resume)) {
            var message = new StreamMessage();
            var all = stream.iterator();
            while (!isUnread && all.hasNext()) {
                if (message.add(all.next())) {
                    show(message);
                    message = new StreamMessage();
                }
            }
        } catch (UncheckedIOException broken) {
            shell.say("koda audit tail: the connection broke; going on where it was");
        }
    }

    private void show(StreamMessage message) {
        hasHeard = true;
        if (!message.id().isEmpty()) {
            lastId = message.id();
        }
        switch (message.event()) {
            case "audit" -> print(message.data());
            case "gap" -> shell.say("koda audit tail: events are left out: " + safe(message.data()));
            case "reset" -> shell.say("koda audit tail: the log is another one now; from its beginning");
            default -> {}
        }
    }

    private String safe(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private void print(String json) {
        shell.document((shell.style().terminal() ? AuditText.of(json, shell.style()) : json) + "\n");
        isUnread = shell.output().checkError();
    }
}
