package dev.koda.cli;

import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.stack.KodaVersion;
import dev.koda.server.BootException;
import dev.koda.server.ServerMain;
import dev.koda.server.logging.JsonLogging;
import dev.koda.server.logging.LogFormat;
import java.util.concurrent.CountDownLatch;

/** Runs a server alone, until a signal ends it in order. */
final class ServeMain {
    private ServeMain() {}

    /** The exit code, if the server cannot start; else it stays. */
    static int run(Shell shell, Settings settings) {
        var service = new Service(settings.serviceName(), KodaVersion.text(), settings.environment());
        JsonLogging.install(shell.errors(), Redactor.of(settings::secretValues), service, LogFormat.of(settings));
        try {
            ServerMain.start(settings).closeOnSignal();
            new CountDownLatch(1).await();
        } catch (BootException failure) {
            shell.say("koda serve: exit " + ExitCode.USAGE.code() + ": " + failure.getMessage());
            return ExitCode.USAGE.code();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.TERMINATED.code();
    }
}
