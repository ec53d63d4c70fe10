package dev.koda.cli;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Redactor;
import dev.koda.checks.Skipped;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.stack.KodaStack;
import dev.koda.checks.stack.StackClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stack of the settings, with clients that are made when a check needs them. */
final class ConfiguredStack implements StackSource {
    /** A process whose clients are still there ends this much later by itself. */
    private static final Duration END_LIMIT = Duration.ofMillis(300);

    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final TimeSource time = TimeSource.system();
    private @Nullable StackClients prepared;

    @Override
    public void prepare() {
        var clients = clients();
        prepared = clients;
        var thread = new Thread(clients::prepare, "koda-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    private StackClients clients() {
        return StackClients.of(hostName(), "cli", time);
    }

    @Override
    public OpenStack open(Settings settings) {
        var clients = prepared == null ? clients() : prepared;
        prepared = null;
        var stack = KodaStack.of(settings, clients, time, null);
        return new OpenStack() {
            @Override
            public List<CheckSpec> checks() {
                var redactor = stack.redactor();
                return stack.specs().stream()
                        .map(spec -> fitToBeShown(spec, redactor))
                        .toList();
            }

            @Override
            public List<Skipped> skipped() {
                var redactor = stack.redactor();
                return stack.skips().stream()
                        .map(skip -> new Skipped(skip.id(), redactor.redact(skip.why())))
                        .toList();
            }

            @Override
            public CheckEngine.Builder engine() {
                return stack.addTo(CheckEngine.builder().time(time));
            }

            @Override
            public void close() {
                DoctorRun.await(clients.shutdown()
                        .toCompletableFuture()
                        .completeOnTimeout(null, END_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
            }
        };
    }

    /** As an engine shows it: without a line that a secret would have to be cut from. */
    private static CheckSpec fitToBeShown(CheckSpec spec, Redactor redactor) {
        var command = spec.command();
        return command == null || redactor.redact(command).equals(command) ? spec : spec.withCommand(null);
    }

    /** The kernel knows it at once; the resolver may take its time. */
    private static String hostName() {
        try {
            return Files.readString(KERNEL_HOST_NAME).strip();
        } catch (IOException noSuchFile) {
            return resolvedHostName();
        }
    }

    private static String resolvedHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException noName) {
            return "localhost";
        }
    }
}
