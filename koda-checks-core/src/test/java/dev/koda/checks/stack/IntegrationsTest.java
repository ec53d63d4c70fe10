package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.TimeSource;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.network.RefusedAddresses;
import dev.koda.checks.notify.Notifications;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server verifies, from its settings and its koda.yaml. */
class IntegrationsTest {
    @TempDir
    Path directory;

    private final TimeSource time = TimeSource.system();
    private final StackClients clients = StackClients.of("host", "test", time);
    private final EventLoopLag lag = EventLoopLag.start(time);
    private final Map<String, String> environment = new HashMap<>(Map.of("KODA_STACK", "none"));

    @AfterEach
    void close() {
        lag.close();
        clients.close();
    }

    @Test
    void aProviderHasItsKeyAsCredentialAndNotInItsConfiguration() {
        environment.put("MISTRAL_API_KEY", "sk-mistral-4711");

        var one = only(all());

        assertThat(one.id()).hasToString("provider.key[mistral]");
        assertThat(one.kind() + " " + one.name() + " " + one.origin()).isEqualTo("provider mistral settings");
        assertThat(one.credential()).isEqualTo(Secret.of("sk-mistral-4711"));
        assertThat(one.configuration()).contains("https://api.mistral.ai/v1").doesNotContain("4711");
        assertThat(one.every()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void servicesOfKodaYamlAreVerifiedAndWhatIsOnThisHostIsNot() throws Exception {
        write(
                "- {id: app.shop, title: The shop, every: 2m, http: {url: 'https://user:pw-1@shop.example/?key=pw-2',"
                        + " headers: {Authorization: 'Bearer pw-3', Accept: text/html}}}",
                "- {id: app.port, tcp: {host: 127.0.0.1, port: 9}}",
                "- {id: app.room, disk: {path: /}}",
                "- {id: app.job, heartbeat: {every: 24h}}");

        var all = all();

        assertThat(all).extracting(one -> one.id().toString()).containsExactly("app.shop", "app.port");
        var shop = all.get(0);
        assertThat(shop.name()).isEqualTo("The shop");
        assertThat(shop.every()).isEqualTo(Duration.ofMinutes(2));
        assertThat(shop.configuration())
                .contains("https://shop.example/", "text/html")
                .doesNotContain("pw-");
        assertThat(shop.credential()).isNotNull();
        assertThat(all.get(1).credential()).isNull();
    }

    @Test
    void anotherSecretIsAnotherCredentialAndTheSameConfiguration() throws Exception {
        var line = "- {id: app.shop, http: {url: 'https://shop.example/', headers: {X-Key: '%s'}}}";
        write(line.formatted("one"));
        var before = only(all());
        write(line.formatted("two"));
        var after = only(all());

        assertThat(after.credential()).isNotEqualTo(before.credential());
        assertThat(after.configuration()).isEqualTo(before.configuration());
    }

    @Test
    void heartbeatsAreExpected() throws Exception {
        write("- {id: app.job, heartbeat: {every: 24h}}");
        var heartbeats = Heartbeats.none();

        compose(heartbeats, Integrations.none());

        assertThat(heartbeats.expected()).extracting(Object::toString).containsExactly("app.job");
    }

    private static Integration only(List<Integration> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<Integration> all() {
        var integrations = Integrations.none();
        compose(Heartbeats.none(), integrations);
        return integrations.all();
    }

    private void compose(Heartbeats heartbeats, Integrations integrations) {
        var settings = Settings.load(SettingsSources.of(directory, environment));
        KodaStack.of(
                settings,
                clients,
                time,
                new InProcess(
                        RuntimeGate.closed(),
                        Loops.of(time),
                        lag,
                        heartbeats,
                        integrations,
                        Notifications.none(time),
                        RefusedAddresses.none()));
    }

    private void write(String... checks) throws IOException {
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\nchecks:\n" + String.join("\n", checks) + "\n");
    }
}
