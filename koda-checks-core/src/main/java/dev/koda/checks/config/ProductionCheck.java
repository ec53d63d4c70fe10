package dev.koda.checks.config;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.net.URI;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Fails if something is switched on that only a developer's machine may have. */
final class ProductionCheck implements Check {
    /** Names without a dot, of home and company networks (RFC 6762, RFC 8375), and the numbers of RFC 1918 and 4193. */
    private static final Pattern PRIVATE =
            Pattern.compile("[^.:]+|.*\\.(local|localhost|internal|intranet|lan|home\\.arpa)"
                    + "|127(\\.\\d+){3}|10(\\.\\d+){3}|192\\.168(\\.\\d+){2}|172\\.(1[6-9]|2\\d|3[01])(\\.\\d+){2}"
                    + "|169\\.254(\\.\\d+){2}|\\[(::1|f[cd][0-9a-f]{2}:.*|fe80:.*)]");

    private final ConfigOptions.Production production;

    ProductionCheck(ConfigOptions.Production production) {
        this.production = production;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        if (!production.isProduction()) {
            return Outcome.skipped("the environment is " + production.environment() + ", not production");
        }
        var answers = new ArrayList<Outcome>();
        for (var forbidden : production.forbidden()) {
            answers.add(Outcome.of(
                            forbidden.isFatal() ? Status.FAIL : Status.WARN,
                            forbidden.name() + " is on in production: " + forbidden.consequence())
                    .reason("forbidden_in_production")
                    .hint("remove " + forbidden.name() + " or set it to false"));
        }
        publicUrl().ifPresent(answers::add);
        unreadable().ifPresent(answers::add);
        return Outcome.combined(answers, Outcome.pass("nothing is on that production must not have"));
    }

    private Optional<Outcome> unreadable() {
        return Optional.ofNullable(production.unreadable())
                .map(which -> Outcome.warn(which)
                        .reason("invalid_value")
                        .hint("correct the value: what production must not have may be on"));
    }

    private Optional<Outcome> publicUrl() {
        var url = production.publicUrl();
        if (url == null || !"http".equalsIgnoreCase(url.getScheme())) {
            return Optional.empty();
        }
        return Optional.of(Outcome.of(
                        isPrivate(url) ? Status.WARN : Status.FAIL,
                        "the public URL begins with http://, so passwords and sessions travel in the clear")
                .reason("insecure_url")
                .hint("serve it over TLS and set WEB_PUBLIC_BASE_URL to the https:// URL"));
    }

    private static boolean isPrivate(URI url) {
        var host = url.getHost();
        return host != null && PRIVATE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
