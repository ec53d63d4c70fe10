package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.network.RefusedAddresses;
import dev.koda.checks.notify.Notifications;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.Loopback;
import dev.koda.checks.testing.StubCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a line of koda.yaml to a request at a real server. */
class NotifyPartTest {
    private final TimeSource time = TimeSource.system();
    private final StackClients clients = StackClients.of("host", "test", time);
    private final EventLoopLag lag = EventLoopLag.start(time);
    private final Loopback loopback = new Loopback();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final CheckEngine engine = CheckEngine.builder()
            .check(CheckSpec.of("a.b").in(Suite.DOCTOR).run(StubCheck.silent()))
            .build();
    private final Notifications notifications = Notifications.none(time);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        notifications.close();
        engine.close();
        lag.close();
        clients.close();
        loopback.close();
    }

    @Test
    void postsTheTemplateWithItsHeaders() throws Exception {
        var url = loopback.http(request -> request.body().onSuccess(body -> {
            seen.add(request.method() + " " + request.path() + " " + request.getHeader("Content-Type") + " "
                    + request.getHeader("Authorization"));
            seen.add(body.toString());
            request.response().setStatusCode(204).end();
        }));
        write("- {id: ops, url: '" + url + "/hook', headers: {Authorization: 'Bearer t-1'}, "
                + "body: '{\"text\": \"{{check}}: {{message}}\"}'}");

        begin();

        assertThat(next(seen)).isEqualTo("POST /hook application/json Bearer t-1");
        assertThat(new ObjectMapper().readTree(next(seen)).path("text").textValue())
                .isEqualTo("a.b: it is \"gone\"");
        assertThat(next(log)).isEqualTo("ops sent a.b");
    }

    @Test
    void refusesMetadataAndFollowsNoRedirectThere() throws Exception {
        var url = loopback.http(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "http://169.254.169.254/latest")
                .end());
        write("- {id: direct, url: 'http://169.254.169.254/hook-t0ken'}", "- {id: led, url: '" + url + "'}");

        begin();

        assertThat(List.of(next(log), next(log)))
                .containsExactlyInAnyOrder(
                        "direct gave up http://169.254.169.254 leads to a link-local address or to the metadata of a cloud,"
                                + " which no check asks",
                        "led gave up answers 302");
    }

    @Test
    void namesTheOriginAloneWhereNobodyListens() throws Exception {
        var url = loopback.refused();
        write("- {id: ops, url: '" + url + "/hooks/t0ken'}");

        begin();

        assertThat(next(log)).isEqualTo("ops will retry " + url + " refuses the connection");
    }

    /** A receiver that answers with, or a proxy that logs, the credential of the URL alone. */
    @Test
    void eachPartOfTheUrlThatMayBeACredentialIsASecretOfItsOwn() throws Exception {
        write(
                "- {id: ops, url: 'http://h/services/T0123456/B0123456/4mIq%2FXz8rTnKc2wLpVbA?key=8sJq0ZVb3mXkPz5sYh2R&b=1'}");

        var redactor = Redactor.of(Settings.load(SettingsSources.of(directory, Map.of()))::secretValues);

        assertThat(redactor.redact("no team for 4mIq/Xz8rTnKc2wLpVbA")).isEqualTo("no team for " + Redactor.MASK);
        assertThat(redactor.redact("no team for 4mIq%2FXz8rTnKc2wLpVbA")).isEqualTo("no team for " + Redactor.MASK);
        assertThat(redactor.redact("the key 8sJq0ZVb3mXkPz5sYh2R is unknown"))
                .isEqualTo("the key " + Redactor.MASK + " is unknown");
        assertThat(redactor.redact("services at h")).isEqualTo("services at h");
    }

    @Test
    void aBadBodyIsAnErrorWithItsPlace() throws Exception {
        write("- {id: ops, url: 'http://h/', body: '{{{mesage}}}'}");

        var thrown = catchThrowableOfType(SettingsException.class, this::compose);

        assertThat(thrown.problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("koda.yaml:3:", "did you mean {{message}}?");
    }

    private void begin() {
        compose();
        engine.record(CheckId.of("a.b"), Outcome.fail("it is \"gone\""), time.now());
        notifications.start(engine, new Service("shop", null, null), new Notifications.Listener() {
            @Override
            public void sent(String webhook, String about) {
                log.add(webhook + " sent " + about);
            }

            @Override
            public void failed(String webhook, String about, String why, boolean isLast) {
                log.add(webhook + (isLast ? " gave up " : " will retry ") + why);
            }
        });
    }

    private void compose() {
        var settings = Settings.load(SettingsSources.of(directory, Map.of()));
        KodaStack.of(
                settings,
                clients,
                time,
                new InProcess(
                        RuntimeGate.closed(),
                        Loops.of(time),
                        lag,
                        Heartbeats.none(),
                        Integrations.none(),
                        notifications,
                        RefusedAddresses.none()));
    }

    private void write(String... webhooks) throws IOException {
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\nnotify:\n" + String.join("\n", webhooks) + "\n");
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return String.valueOf(queue.poll(10, TimeUnit.SECONDS));
    }
}
