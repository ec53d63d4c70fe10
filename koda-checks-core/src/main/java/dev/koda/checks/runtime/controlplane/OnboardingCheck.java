package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How far is the platform set up, by what its control plane tells everybody? */
final class OnboardingCheck implements Check {
    /** Only words are quoted: whatever else a body holds is not for a report. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,40}( [A-Za-z0-9_]{1,40}){0,9}");

    private final HttpTarget status;
    private final String setup;
    private final HttpFetch http;

    OnboardingCheck(ControlPlaneOptions controlPlane, URI setup, HttpFetch http) {
        status = HttpTarget.get(controlPlane.onboardingUrl());
        this.setup = HttpTarget.get(setup).toString();
        this.http = http;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.fetchShared(status, context, this::judge, Function.identity());
    }

    private Outcome judge(HttpAnswer answer) {
        if (answer.status() == 429) {
            return answer.rateLimited();
        }
        if (answer.status() >= 500) {
            return answer.unexpectedStatus("200", "look at the log of Koda's app");
        }
        if (answer.values("error").contains("onboarding_status_failed")) {
            return Outcome.fail("the control plane cannot tell its own state: onboarding_status_failed")
                    .reason("not_ready")
                    .hint("look at the log of Koda's app, and at postgres.*");
        }
        // The dashboard puts an empty answer in the place of one that it could not get.
        boolean isKnown = answer.status() == 200 && !is(answer, "/unavailable", true) && says(answer, "/has_owner");
        return isKnown ? judgeState(answer) : unknown(answer);
    }

    private Outcome unknown(HttpAnswer answer) {
        return Outcome.warn(status + " answers " + answer.status() + " without the state of the platform")
                .reason("unexpected_answer")
                .hint("check that the address is that of Koda's control plane, and not of its dashboard");
    }

    private Outcome judgeState(HttpAnswer answer) {
        var troubles = new ArrayList<Outcome>();
        if (is(answer, "/control_plane/ready", false)) {
            troubles.add(Outcome.fail("the control plane calls itself not ready")
                    .reason("not_ready")
                    .hint("look at the log of Koda's app"));
        }
        database(answer).ifPresent(troubles::add);
        objectStorage(answer).ifPresent(troubles::add);
        if (is(answer, "/has_owner", false)) {
            troubles.add(step("it has no owner: whoever comes first may become it", "no_owner", "register one"));
        }
        if (is(answer, "/steps/provider_configured", false)) {
            troubles.add(step("no provider is configured", "no_provider", "configure one"));
        }
        if (is(answer, "/steps/access_configured", false)) {
            troubles.add(step("who may use it is not configured", "no_access", "configure it"));
        }
        if (is(answer, "/steps/agent_ready", false)) {
            troubles.add(step("no agent is ready", "no_agent", "create and activate one"));
        }
        return Outcome.combined(troubles, Outcome.pass("it is set up, and its storage is ready"));
    }

    private Outcome step(String what, String reason, String todo) {
        return Outcome.warn(what).reason(reason).hint(todo + " at " + setup);
    }

    private static Optional<Outcome> database(HttpAnswer answer) {
        if (!is(answer, "/storage/database/ready", false)) {
            return Optional.empty();
        }
        if (is(answer, "/storage/database/enabled", false)) {
            return Optional.of(Outcome.warn("Koda's database is switched off")
                    .reason("database_not_ready")
                    .hint("set STATE_BACKEND=postgres and KNOWLEDGE_V2_POSTGRES_DSN for Koda's app"));
        }
        return Optional.of(Outcome.fail("Koda's database is not ready"
                        + quoted(answer, "/storage/database/reason", "/storage/database/bootstrap_state"))
                .reason("database_not_ready")
                .hint("look at postgres.*, and at the log of Koda's app"));
    }

    /** Koda goes on without a store unless its primary state is to be there. */
    private static Optional<Outcome> objectStorage(HttpAnswer answer) {
        boolean isOff = is(answer, "/storage/object_storage/enabled", false);
        boolean isNeeded = is(answer, "/storage/object_storage/primary_requires_remote", true);
        if (!is(answer, "/storage/object_storage/ready", false) || (isOff && !isNeeded)) {
            return Optional.empty();
        }
        var sentence = isOff
                ? "Koda's object storage is switched off, and its state is to be there"
                : "Koda's object storage is not ready" + quoted(answer, "/storage/object_storage/error");
        return Optional.of(Outcome.of(isNeeded ? Status.FAIL : Status.WARN, sentence)
                .reason("object_storage_not_ready")
                .hint("look at object-store.*, and at the log of Koda's app"));
    }

    /** The first that is words alone, behind a colon; or nothing. */
    private static String quoted(HttpAnswer answer, String... pointers) {
        return Stream.of(pointers)
                .flatMap(pointer -> answer.valueAt(pointer).stream())
                .filter(text -> WORDS.matcher(text).matches() && !text.equals("null"))
                .findFirst()
                .map(text -> ": " + text)
                .orElse("");
    }

    private static boolean says(HttpAnswer answer, String pointer) {
        return is(answer, pointer, true) || is(answer, pointer, false);
    }

    private static boolean is(HttpAnswer answer, String pointer, boolean value) {
        return answer.valueAt(pointer).filter(Boolean.toString(value)::equals).isPresent();
    }
}
