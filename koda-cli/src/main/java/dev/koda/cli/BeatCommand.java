package dev.koda.cli;

import dev.koda.checks.CheckId;
import dev.koda.checks.heartbeat.HeartbeatToken;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "beat",
        abbreviateSynopsis = true,
        description = "Send a heartbeat to the server, after the command that it is about.",
        footer = {
            "",
            "The command gets the input, writes the output and has the exit code that it",
            "would have without koda; a server that does not answer is said on standard",
            "error and changes nothing. The server tells a run that failed from one that",
            "did not come. Without a command the heartbeat is sent as that of a run that",
            "did its work.",
            "",
            "The token is KODA_HEARTBEAT_TOKEN, or made of the WEB_OPERATOR_SESSION_SECRET",
            "of the server. Where koda is not installed, and TOKEN is what --show-token shows:",
            "  curl -fsS -X POST -H \"Authorization: Bearer $TOKEN\" \\",
            "    https://koda.example.com/api/operations/heartbeats/ID/$?",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda beat backup.nightly-copy -- rsync -a /data/ backup:/data/"
        })
final class BeatCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 127;

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ID", description = "The check of kind heartbeat in the server's koda.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "What to run, and its arguments, behind --.")
    private List<String> command = List.of();

    @Option(
            names = "--to",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "The server; default: KODA_OPERATIONS_URL.")
    private @Nullable URI to;

    @Option(names = "--show-token", description = "Show the token of this heartbeat, and send nothing.")
    private boolean isTokenShown;

    @Mixin
    private final SettingsOptions settingsOptions = new SettingsOptions();

    BeatCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var check = check();
        if (isTokenShown) {
            return showToken(check);
        }
        if (command.isEmpty()) {
            return send(check, 0) ? ExitCode.PASS.code() : ExitCode.FAIL.code();
        }
        // First of all the command: nothing that is wrong with us may keep it from running.
        int exit = run();
        send(check, exit);
        return exit;
    }

    private CheckId check() {
        try {
            return CheckId.of(id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private int showToken(CheckId check) {
        if (!command.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--show-token runs no command");
        }
        var token = token(settingsOptions.load(shell), check)
                .orElseThrow(() -> new DoctorException(ExitCode.USAGE, withoutToken()));
        shell.document(token + "\n");
        return ExitCode.PASS.code();
    }

    private int run() {
        try {
            var process = new ProcessBuilder(command)
                    .directory(shell.directory().toFile())
                    .inheritIO()
                    .start();
            // Whoever ends us means the command.
            var end = new Thread(process::destroy, "koda-beat-end");
            Runtime.getRuntime().addShutdownHook(end);
            int exit = DoctorRun.await(process.onExit()).exitValue();
            Runtime.getRuntime().removeShutdownHook(end);
            return exit;
        } catch (IOException e) {
            shell.say("koda beat: " + command.get(0) + " cannot be run");
            return NOT_FOUND;
        } catch (IllegalStateException isEnding) {
            return ExitCode.TERMINATED.code();
        }
    }

    /** Nothing that is wrong here may hide how the command ended. */
    private boolean send(CheckId check, int exit) {
        try {
            return send(settingsOptions.load(shell), check, exit);
        } catch (SettingsException | DoctorException unusable) {
            return unsent(String.valueOf(unusable.getMessage()));
        } catch (RuntimeException broken) {
            return unsent(
                    "internal error, please report it: " + broken.getClass().getName());
        }
    }

    private boolean send(Settings settings, CheckId check, int exit) {
        var token = token(settings, check);
        if (token.isEmpty()) {
            return unsent(withoutToken());
        }
        var server = Optional.ofNullable(to).or(() -> settings.get(OwnSettings.KODA_OPERATIONS_URL));
        return server.isPresent()
                ? new Beat(shell, server.get(), token.get()).send(check, exit)
                : unsent("neither --to nor KODA_OPERATIONS_URL says where the server is");
    }

    private boolean unsent(String why) {
        shell.say("koda beat: no heartbeat is sent: " + why);
        return false;
    }

    private static Optional<String> token(Settings settings, CheckId check) {
        return settings.get(OwnSettings.KODA_HEARTBEAT_TOKEN)
                .map(Secret::reveal)
                .or(() -> settings.get(OwnSettings.WEB_OPERATOR_SESSION_SECRET)
                        .map(secret -> HeartbeatToken.of(secret.reveal(), check)));
    }

    private static String withoutToken() {
        return "this needs KODA_HEARTBEAT_TOKEN, or WEB_OPERATOR_SESSION_SECRET to make it of";
    }
}
