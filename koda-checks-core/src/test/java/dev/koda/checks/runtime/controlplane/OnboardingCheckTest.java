package dev.koda.checks.runtime.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.provider.ProviderChecks;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnboardingCheckTest {
    /** The fields of Koda's answer. */
    private static final String DONE = """
            {"control_plane":{"ready":true},
             "storage":{"database":{"enabled":true,"ready":true,"bootstrap_state":"ready","reason":null},
               "object_storage":{"enabled":true,"mode":"s3","bucket":"koda","endpoint_url":"http://seaweedfs:8333",
                 "primary_requires_remote":true,"ready":true,"s3_ready":true,"local_ready":false,"error":null}},
             "providers":[{"provider_id":"claude","configured":true,"verified":true}],"agents":[{"id":"ATLAS"}],
             "steps":{"provider_configured":true,"access_configured":true,"agent_ready":true,"storage_ready":true,
               "onboarding_complete":true},
             "setup_url":"http://elsewhere/setup","has_owner":true,"bootstrap_required":false,
             "bootstrap_file_path":"/var/lib/koda/b00tstrap"}""";

    private final StandInControlPlane koda = new StandInControlPlane();

    @AfterEach
    void close() {
        koda.close();
    }

    private CheckResult run(String body) {
        koda.onboarding = body;
        return koda.result(PlatformNetworkChecks.onboarding(
                koda.options, URI.create("http://u:pw@127.0.0.1:3000/setup"), koda.http()));
    }

    private static String with(String from, String to) {
        assertThat(DONE).contains(from);
        return DONE.replace(from, to);
    }

    private static void expect(CheckResult result, Status status, String reason) {
        assertThat(result.status()).as(result.message()).isEqualTo(status);
        assertThat(result.reason()).as(result.message()).isEqualTo(new Reason(reason));
    }

    @Test
    void passesWhenAllIsDone() {
        var result = run(DONE);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("it is set up, and its storage is ready");
    }

    @ParameterizedTest(name = "{1} is {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"has_owner\":true|\"has_owner\":false|WARN|no_owner",
                "\"provider_configured\":true|\"provider_configured\":false|WARN|no_provider",
                "\"access_configured\":true|\"access_configured\":false|WARN|no_access",
                "\"agent_ready\":true|\"agent_ready\":false|WARN|no_agent",
                "{\"ready\":true}|{\"ready\":false}|FAIL|not_ready",
                "\"enabled\":true,\"ready\":true|\"enabled\":true,\"ready\":false|FAIL|database_not_ready",
                "\"enabled\":true,\"ready\":true|\"enabled\":false,\"ready\":false|WARN|database_not_ready",
                "\"primary_requires_remote\":true,\"ready\":true|\"primary_requires_remote\":true,\"ready\":false"
                        + "|FAIL|object_storage_not_ready",
                "\"primary_requires_remote\":true,\"ready\":true|\"primary_requires_remote\":false,\"ready\":false"
                        + "|WARN|object_storage_not_ready"
            })
    void namesWhatIsMissing(String from, String to, Status status, String reason) {
        expect(run(with(from, to)), status, reason);
    }

    @Test
    void isContentWithoutAStoreThatNobodyNeeds() {
        var off = with("\"enabled\":true,\"mode\":\"s3\"", "\"enabled\":false,\"mode\":\"disabled\"")
                .replace(
                        "\"primary_requires_remote\":true,\"ready\":true",
                        "\"primary_requires_remote\":false,\"ready\":false");

        assertThat(run(off).status()).isEqualTo(Status.PASS);
    }

    @Test
    void sendsToTheSetupOfOurOwnSettings() {
        var result = run(with("\"has_owner\":true", "\"has_owner\":false"));

        assertThat(result.outcome().hint()).isEqualTo("register one at http://127.0.0.1:3000/setup");
        assertThat(result.message()).doesNotContain("b00tstrap", "elsewhere");
    }

    @Test
    void tellsAllAndTheWorstFirst() {
        var fresh = DONE.replace("true", "false").replace("\"enabled\":false", "\"enabled\":true");

        assertThat(run(fresh).message()).startsWith("the control plane calls itself not ready; Koda's database is not");
        assertThat(run(fresh).message()).contains("no owner", "no provider", "no agent");
    }

    @ParameterizedTest
    @CsvSource({"bootstrap failed, ': bootstrap failed'", "'could not connect to host=db password=hunter2', ': ready'"})
    void quotesReasonsOfWordsOnly(String reason, String end) {
        var body = with("\"enabled\":true,\"ready\":true", "\"enabled\":true,\"ready\":false")
                .replace("\"reason\":null", "\"reason\":\"" + reason + "\"");

        assertThat(run(body).message()).isEqualTo("Koda's database is not ready" + end);
    }

    @Test
    void failsWhenTheControlPlaneCannotTell() {
        expect(
                run(
                        "{\"status\":\"degraded\",\"error\":\"onboarding_status_failed\",\"ready\":false,\"has_owner\":false}"),
                Status.FAIL,
                "not_ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "{}", "{\"unavailable\":true,\"has_owner\":false}", "{\"has_owner\":null}"})
    void knowsNothingFromAnotherAnswer(String body) {
        expect(run(body), Status.WARN, "unexpected_answer");
    }

    @Test
    void asksOnce() {
        run(DONE);

        assertThat(koda.requests).containsExactly("/health", StandInControlPlane.ONBOARDING);
    }

    /** Which providers are configured stands in the same answer. */
    @Test
    void sharesTheAnswerWithTheCheckOfProviders() {
        koda.onboarding = DONE.replace("\"configured\":true", "\"configured\":false");
        koda.report(
                PlatformNetworkChecks.onboarding(koda.options, URI.create("http://127.0.0.1:3000/"), koda.http()),
                ProviderChecks.inKoda(koda.options.base(), "t0ken-0123456789", koda.http()));

        assertThat(koda.requests).containsExactly("/health", StandInControlPlane.ONBOARDING);
    }
}
