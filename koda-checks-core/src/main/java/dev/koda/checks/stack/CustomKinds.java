package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.disk.DiskChecks;
import dev.koda.checks.disk.DiskOptions;
import dev.koda.checks.exec.ExecChecks;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.network.HostPort;
import dev.koda.checks.network.HttpExpectation;
import dev.koda.checks.network.HttpRequest;
import dev.koda.checks.network.HttpTarget;
import dev.koda.checks.network.ServiceChecks;
import dev.koda.checks.network.TimeLimits;
import dev.koda.checks.objectstore.AgeLimits;
import dev.koda.checks.objectstore.ObjectStoreChecks;
import dev.koda.checks.objectstore.S3Connection;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.Commands;
import dev.koda.checks.secrets.SecretsChecks;
import dev.koda.checks.secrets.SecretsOptions;
import dev.koda.checks.settings.CheckKind;
import dev.koda.checks.settings.CustomCheck;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.tls.TlsChecks;
import dev.koda.checks.tls.TlsOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a declaration of koda.yaml the check that it asks for. */
final class CustomKinds {
    /** A listing costs requests. */
    private static final Duration BETWEEN_LISTINGS = Duration.ofMinutes(15);
    /** A hundred pages, as for the quota. */
    private static final Duration LISTING = Duration.ofSeconds(10);
    /** As the bucket of the stack. */
    private static final Duration BUCKET = Duration.ofSeconds(5);

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;

    private final CustomPostgres postgres;
    private final @Nullable String noExec;
    private final @Nullable Heartbeats heartbeats;

    /**
     * @param stack where the stack's Postgres is
     * @param noExec why no program may be run here, or null if that may be
     * @param heartbeats of the server; null anywhere else
     */
    CustomKinds(
            Settings settings,
            StackClients clients,
            TimeSource time,
            PostgresPart stack,
            @Nullable String noExec,
            @Nullable Heartbeats heartbeats) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        postgres = new CustomPostgres(settings, clients, time, stack);
        this.noExec = noExec;
        this.heartbeats = heartbeats;
    }

    /** Why a check is not asked, or null if it is. */
    @Nullable
    String obstacle(CheckKind kind) {
        if (kind instanceof CheckKind.Heartbeat) {
            return heartbeats == null ? "only a server hears heartbeats; ask one with --url" : null;
        }
        if (kind instanceof CheckKind.Postgres asked) {
            return postgres.obstacle(asked);
        }
        if (kind instanceof CheckKind.S3 s3
                && (s3.accessKey().length() == 0 || s3.secretKey().length() == 0)) {
            return "access_key or secret_key is empty, as that of a variable that is not set";
        }
        return kind instanceof CheckKind.Exec ? noExec : null;
    }

    /** How long one may take that says nothing of it; empty where the default of all checks will do. */
    Optional<Duration> timeout(CheckKind kind) {
        if (kind instanceof CheckKind.Tls) {
            return Optional.of(TlsChecks.TIMEOUT);
        }
        return kind instanceof CheckKind.S3 s3 ? Optional.of(s3.prefix() == null ? BUCKET : LISTING) : Optional.empty();
    }

    /** Ends the declaration of a check without an obstacle. */
    CheckSpec end(CheckSpec.Builder builder, CustomCheck custom) {
        var kind = custom.kind();
        if (kind instanceof CheckKind.Http http) {
            return builder.run(ServiceChecks.http(
                    HttpTarget.get(http.url()).following(http.redirects(), to -> true),
                    new HttpRequest(http.method(), http.headers(), http.body()),
                    expectation(http.expect()),
                    timeLimits(custom),
                    clients.http()));
        }
        if (kind instanceof CheckKind.Tcp tcp) {
            var target = new HostPort(tcp.host(), tcp.port());
            return builder.run(ServiceChecks.tcp(target, timeLimits(custom), clients::vertx, time));
        }
        if (kind instanceof CheckKind.Dns dns) {
            return builder.run(
                    ServiceChecks.dns(dns.host(), dns.addresses(), timeLimits(custom), clients::vertx, time));
        }
        if (kind instanceof CheckKind.Disk disk) {
            return builder.blocking(DiskChecks.room(disk.path(), diskOptions(custom)));
        }
        if (kind instanceof CheckKind.Postgres asked) {
            return postgres.end(builder, custom, asked);
        }
        if (kind instanceof CheckKind.Tls tls) {
            return builder.run(TlsChecks.check(TlsPart.target(tls), tlsOptions(tls, custom), clients::vertx, time));
        }
        if (kind instanceof CheckKind.S3 s3) {
            return s3(builder, s3, custom);
        }
        if (kind instanceof CheckKind.Heartbeat heartbeat && heartbeats != null) {
            return builder.run(heartbeats.expect(custom.id(), heartbeat.every(), heartbeat.grace(), time));
        }
        return kind instanceof CheckKind.Exec exec
                ? builder.run(ExecChecks.plugin(command(exec), Commands.of(time)))
                : secret(builder, (CheckKind.SecretSetting) kind);
    }

    private CheckSpec s3(CheckSpec.Builder builder, CheckKind.S3 s3, CustomCheck custom) {
        var connection = new S3Connection(
                s3.endpoint(),
                s3.region(),
                s3.bucket(),
                s3.accessKey().reveal(),
                s3.secretKey().reveal());
        var prefix = s3.prefix();
        if (prefix == null) {
            return builder.run(ObjectStoreChecks.bucket(clients.objectStore(connection)));
        }
        var every = Objects.requireNonNullElse(custom.every(), BETWEEN_LISTINGS);
        return builder.every(every)
                .everyWhenFailing(every)
                .run(ObjectStoreChecks.newest(
                        clients.objectListing(connection), prefix, new AgeLimits(custom.warn(), custom.fail()), time));
    }

    private CheckSpec secret(CheckSpec.Builder builder, CheckKind.SecretSetting secret) {
        var kind = Objects.requireNonNullElse(secret.strength(), "foreign").toUpperCase(Locale.ROOT);
        var name = secret.setting();
        var value = settings.text(name)
                .map(text -> new SecretsOptions.Value(name, text, name, SecretsOptions.Kind.valueOf(kind)))
                .orElse(null);
        return builder.run(SecretsChecks.named(name, value, settings.isProduction()));
    }

    private static Command command(CheckKind.Exec exec) {
        var command = Command.of(exec.command());
        for (var variable : exec.environment().entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        return command;
    }

    private static HttpExpectation expectation(CheckKind.Expect expect) {
        var statuses = expect.statuses().stream()
                .map(range -> new HttpExpectation.StatusRange(range.first(), range.last()))
                .toList();
        return new HttpExpectation(statuses, expect.headers(), expect.contains(), expect.matches(), expect.json());
    }

    private static TimeLimits timeLimits(CustomCheck custom) {
        return new TimeLimits(millis(custom.warn()), millis(custom.fail()));
    }

    private static @Nullable Duration millis(@Nullable Double count) {
        return count == null ? null : Duration.ofNanos((long) (count * 1e6));
    }

    private TlsOptions tlsOptions(CheckKind.Tls tls, CustomCheck custom) {
        var options = TlsPart.trusting(settings);
        var warn = custom.warn();
        var fail = custom.fail();
        double fails = fail == null ? Math.min(options.failDays(), warn == null ? Double.MAX_VALUE : warn) : fail;
        double warns = warn == null ? Math.max(options.warnDays(), fails) : warn;
        var roots = tls.roots();
        return (roots == null ? options : options.roots(roots)).days(warns, fails);
    }

    private static DiskOptions diskOptions(CustomCheck custom) {
        var defaults = DiskOptions.defaults();
        var warn = custom.warn();
        var fail = custom.fail();
        double fails = fail == null ? Math.min(defaults.space().failPercent(), warn == null ? 100 : warn) : fail;
        double warns = warn == null ? Math.max(defaults.space().warnPercent(), fails) : warn;
        return defaults.space(warns, fails);
    }
}
