package dev.koda.checks.stack;

import dev.koda.checks.runtime.platform.PlatformChecks;
import dev.koda.checks.runtime.platform.PlatformOptions;
import dev.koda.checks.runtime.platform.PlatformOptions.Limit;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import dev.koda.checks.sql.SqlQueries;
import java.util.function.Consumer;

/** The checks of what a Koda platform writes about itself into its Postgres. */
final class PlatformPart {
    private static final String[] IDS = {"runtime.supervisors", "runtime.queue", "runtime.leases"};

    private final Consumer<Composition> adding;

    private PlatformPart(Consumer<Composition> adding) {
        this.adding = adding;
    }

    /** Where there is no Postgres to ask. */
    static PlatformPart without(Settings settings, String why) {
        var better = notKoda(settings.stack());
        return new PlatformPart(composition -> composition.skip(better.isEmpty() ? why : better, IDS));
    }

    static PlatformPart asking(Settings settings, SqlQueries queries, PostgresLines lines) {
        var why = notKoda(settings.stack());
        return new PlatformPart(composition -> {
            if (!why.isEmpty()) {
                composition.skip(why, IDS);
                return;
            }
            PlatformChecks.of(queries, options(settings)).forEach(spec -> composition.add(lines.to(spec)));
        });
    }

    void addTo(Composition composition) {
        adding.accept(composition);
    }

    /** Why a check of a Koda platform does not apply; empty if it does. */
    static String notKoda(StackKind stack) {
        return switch (stack) {
            case KODA -> "";
            case EMBEDDED -> "the embedded stack has no Koda runtime";
            case NONE -> "no Koda platform is configured";
        };
    }

    private static PlatformOptions options(Settings settings) {
        var options = PlatformOptions.DEFAULT
                .after("postgres.round-trip")
                .limits(
                        limit(settings, "runtime.supervisors", PlatformOptions.DEFAULT.heartbeatSeconds()),
                        limit(settings, "runtime.queue", PlatformOptions.DEFAULT.waitingItems()),
                        limit(settings, "runtime.leases", PlatformOptions.DEFAULT.expiredSeconds()));
        return settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_SCHEMA)
                .map(options::schema)
                .orElse(options);
    }

    private static Limit limit(Settings settings, String id, Limit otherwise) {
        return settings.limits(id)
                .map(given -> new Limit(given.warn(), given.fail()))
                .orElse(otherwise);
    }
}
