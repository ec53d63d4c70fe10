package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.postgres.PostgresChecks;
import dev.koda.checks.settings.CheckKind;
import dev.koda.checks.settings.CustomCheck;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.sql.NumberLimits;
import dev.koda.checks.sql.SqlChecks;
import dev.koda.checks.sql.SqlQueries;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checks of koda.yaml that ask a Postgres: that of the stack, or another one. */
final class CustomPostgres {
    /** As for what Postgres says about itself: a login comes first. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private static final String OF_THE_STACK = KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN.name();

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;
    private final PostgresPart stack;

    CustomPostgres(Settings settings, StackClients clients, TimeSource time, PostgresPart stack) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.stack = stack;
    }

    /** Why it cannot be asked, or null. */
    @Nullable
    String obstacle(CheckKind.Postgres kind) {
        if (isOfTheStack(kind)) {
            return stack.found().isPresent() ? null : stack.why();
        }
        var name = kind.setting() == null ? "its dsn" : kind.setting();
        var dsn = dsn(kind);
        if (dsn.isEmpty()) {
            return settings.text(name).isEmpty() ? name + " is not set" : name + " is no DSN of a Postgres";
        }
        var obstacle = PostgresOptionsOf.obstacle(dsn.get());
        return obstacle == null ? null : name + obstacle;
    }

    /** Ends the declaration of one without an obstacle. */
    CheckSpec end(CheckSpec.Builder builder, CustomCheck custom, CheckKind.Postgres kind) {
        if (isOfTheStack(kind)) {
            builder.dependsOn("postgres.round-trip");
        }
        var timeout = custom.timeout() == null ? TIMEOUT : custom.timeout();
        builder.timeout(timeout);
        var limits = new NumberLimits(kind.unit(), kind.direction(), custom.warn(), custom.fail());
        var spec = builder.run(SqlChecks.number(kind.query(), limits, queries(kind, timeout)));
        // In a line of a shell, a query of several lines is no line to copy.
        return kind.query().lines().count() > 1
                ? spec
                : dsn(kind)
                        .map(dsn -> CommandLines.with(spec, CommandLines.psql(dsn, kind.query())))
                        .orElse(spec);
    }

    private SqlQueries queries(CheckKind.Postgres kind, Duration timeout) {
        return isOfTheStack(kind)
                ? stack.found().orElseThrow().checks().readOnlyQueries()
                : PostgresChecks.at(
                                PostgresOptionsOf.of(dsn(kind).orElseThrow(), settings)
                                        .timeout(timeout),
                                clients::vertx,
                                time)
                        .readOnlyQueries();
    }

    private static boolean isOfTheStack(CheckKind.Postgres kind) {
        return kind.dsn() == null && (kind.setting() == null || OF_THE_STACK.equals(kind.setting()));
    }

    private Optional<PostgresDsn> dsn(CheckKind.Postgres kind) {
        if (kind.dsn() != null) {
            return Optional.of(kind.dsn());
        }
        return settings.text(kind.setting() == null ? OF_THE_STACK : kind.setting())
                .flatMap(PostgresDsn::parse);
    }
}
