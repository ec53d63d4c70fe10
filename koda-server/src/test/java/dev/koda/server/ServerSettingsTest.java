package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.dashboard.limits.RateLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {
    private static final String STRONG = "Zk3vQ9sT1xWb7LmRd5HfYc2NpG8uJa4E6oKiVtXeBsw=";

    @TempDir
    Path directory;

    private ServerOptions options(Map<String, String> environment) {
        return ServerSettings.options(Settings.load(SettingsSources.of(directory, environment)), "1.2.3");
    }

    @Test
    void listensOnLoopback8090UnlessToldOtherwise() {
        var options = options(Map.of());

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8090);
        assertThat(options.drainDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.withReasons()).isTrue();
        assertThat(options.tokens().isEmpty()).isTrue();
        assertThat(options.service().version()).isEqualTo("1.2.3");
    }

    @Test
    void takesWhatIsSet() {
        var options = options(Map.of(
                "KODA_OPERATIONS_PORT", "8091",
                "KODA_DRAIN_DELAY", "0",
                "PROBE_DETAIL", "status",
                "KODA_OPERATIONS_RATE", "5",
                "KODA_TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1",
                "CONTROL_PLANE_API_TOKEN", "one-token-4711,two-token-0815"));

        assertThat(options.port()).isEqualTo(8091);
        assertThat(options.drainDelay()).isZero();
        assertThat(options.withReasons()).isFalse();
        assertThat(options.rates()).isEqualTo(new RateLimits(5, 200));
        assertThat(options.proxies()).hasToString("[10.0.0.0/8, 127.0.0.1/32]");
        assertThat(options.tokens().accepts("Bearer two-token-0815")).isTrue();
    }

    @Test
    void showsTheMetricsOfAKodaWhereThereIsOne() {
        assertThat(options(Map.of("KODA_STACK", "none")).showsPlatform()).isFalse();
        assertThat(options(Map.of("KODA_STACK", "koda")).showsPlatform()).isTrue();
    }

    @Test
    void theTablesOfAKodaAreReadNoMoreThanOnceASecond() {
        var koda = new HashMap<>(
                Map.of("KODA_STACK", "koda", "KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://u:p@127.0.0.1/koda"));
        assertThat(interval(koda)).isEqualTo(Duration.ofSeconds(15));
        koda.put("KODA_COLLECTORS_INTERVAL", "0");
        assertThat(interval(koda)).isZero();

        koda.put("KODA_COLLECTORS_INTERVAL", "200ms");
        assertThatThrownBy(() -> options(koda))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("KODA_COLLECTORS_INTERVAL is less than 1s; 0 turns the collectors off");
    }

    private Duration interval(Map<String, String> environment) {
        var state = Objects.requireNonNull(options(environment).state());
        return Objects.requireNonNull(state.koda()).interval();
    }

    @Test
    void theRevisionOfTheConfigurationChangesWithWhatKodaYamlDeclares() throws IOException {
        var plain = revision("");
        var one = revision("checks: [{id: billing.api, http: {url: 'http://billing/'}}]\n");

        assertThat(one).isNotEqualTo(plain);
        assertThat(revision("# Ours.\nchecks:\n  - id: billing.api\n    http:\n      url: \"http://billing/\"\n"))
                .isEqualTo(one);
        assertThat(revision("checks: [{id: billing.api, http: {url: 'http://billing/x'}}]\n"))
                .isNotEqualTo(one);
        assertThat(revision("thresholds:\n  disk.space: {warn: 20, fail: 10}\n"))
                .isNotEqualTo(plain);
    }

    @Test
    void noSecretOfKodaYamlIsInTheRevision() throws IOException {
        var check = "checks: [{id: a.b, http: {url: 'http://a/', headers: {Authorization: 'Bearer %s'}}}]\n";

        assertThat(revision(check.formatted("4711-4711-4711-4711")))
                .isEqualTo(revision(check.formatted("0815-0815-0815-0815")));
    }

    private String revision(String declared) throws IOException {
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\n" + declared);
        var environment = Map.of("OPERATIONS_POSTGRES_DSN", "postgresql://u:p@127.0.0.1/koda");
        return Objects.requireNonNull(options(environment).state()).configuration();
    }

    @Test
    void aStartThatFailsQuotesNoSecret() {
        var secret = "mistaken-token-4711";
        var environment = Map.of(
                "KODA_ENV",
                "development",
                "CONTROL_PLANE_API_TOKEN",
                secret,
                "KODA_OPERATIONS_BIND",
                secret + ".invalid");
        var settings = Settings.load(SettingsSources.of(directory, environment));

        assertThatThrownBy(() -> ServerMain.start(settings))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("cannot listen on [REDACTED]")
                .hasMessageNotContaining(secret);
    }

    @Test
    void refusesWrongValuesAllAtOnceInPlaceOfSilentDefaults() {
        assertThatThrownBy(
                        () -> options(Map.of("KODA_OPERATIONS_PORT", "http", "KODA_TRUSTED_PROXIES", "proxy.example")))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("KODA_OPERATIONS_PORT")
                .hasMessageContaining("KODA_TRUSTED_PROXIES")
                .hasMessageContaining("environment");
    }

    @Test
    void refusesADrainThatOutlivesTheExit() {
        assertThatThrownBy(() -> options(Map.of("KODA_DRAIN_DELAY", "1m")))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("30 s");
    }

    @Test
    void refusesToAnswerNoRequestAtAll() {
        assertThatThrownBy(() -> options(Map.of("KODA_OPERATIONS_BURST", "0")))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("KODA_OPERATIONS_BURST is 0");
    }

    @ParameterizedTest
    @CsvSource({"KODA_ENV,production", "KODA_OPERATIONS_BIND,0.0.0.0"})
    void productionDoesNotStartWithoutASessionSecret(String name, String value) {
        assertThatThrownBy(() -> options(Map.of(name, value)))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("WEB_OPERATOR_SESSION_SECRET is not set")
                .hasMessageContaining("koda secrets generate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short-4711",
                "replace-with-a-long-random-string-of-32-characters",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "changeme-changeme-changeme-changeme"
            })
    void productionDoesNotStartWithAWeakSessionSecretAndNeverShowsIt(String weak) {
        assertThatThrownBy(() -> options(production(weak)))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("WEB_OPERATOR_SESSION_SECRET")
                .hasMessageContaining("koda secrets generate")
                .hasMessageNotContaining(weak);
    }

    @Test
    void productionStartsWithAStrongOneAndDevelopmentWithNone() {
        assertThat(options(production(STRONG)).service().environment()).isEqualTo("production");
        assertThat(options(Map.of("KODA_ENV", "development")).service().environment())
                .isEqualTo("development");
    }

    private static Map<String, String> production(String secret) {
        var environment = new HashMap<String, String>();
        environment.put("KODA_ENV", "production");
        environment.put("WEB_OPERATOR_SESSION_SECRET", secret);
        return environment;
    }
}
