package dev.koda.dashboard;

import static dev.koda.dashboard.ServedOperations.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Outcome;
import dev.koda.checks.heartbeat.HeartbeatToken;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.store.Eventually;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds real answers of all operations, good ones and refusals, against what the OpenAPI document says of them. */
class OpenApiAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String[] BEARER = {"Authorization", "Bearer " + TOKEN, "Content-Type", "application/json"};
    private static final String VERIFY = "POST /integrations/provider.key%5Bopenai%5D/verify";

    /** One after the other, with the token of the settings. */
    private static final String REQUESTS = """
            getOpenApi            | 200 | GET /openapi.json
            getOpenApi            | 400 | GET /openapi.json?x=1
            runDoctor             | 200 | GET /doctor?skip=disk.*
            runDoctor             | 200 | GET /doctor
            runDoctor             | 200 | GET /doctor?stable=true
            runDoctor             | 200 | GET /doctor?cached=true
            runDoctor             | 400 | GET /doctor?only=nothing.*
            getSummary            | 200 | GET /summary
            listIntegrations      | 200 | GET /integrations?limit=1
            listIntegrations      | 200 | GET /integrations?bars=24&range=7d&sort=health&state=failed
            listIntegrations      | 200 | GET /integrations?bars=90&range=90d&sort=latency&provider=openai
            listIntegrations      | 400 | GET /integrations?cursor=x
            listIntegrations      | 400 | GET /integrations?sort=age
            getIntegrationHistory | 200 | GET /integrations/provider.key%5Bopenai%5D/history?range=1h
            getIntegrationHistory | 404 | GET /integrations/none/history
            listVerifications     | 200 | GET /integrations/provider.key%5Bopenai%5D/verifications?limit=1
            listVerifications     | 404 | GET /integrations/none/verifications
            verifyIntegration     | 404 | POST /integrations/none/verify
            listIncidents         | 200 | GET /incidents?open=true
            listIncidents         | 400 | GET /incidents?range=1y
            addAnnotation         | 201 | POST /annotations {"kind":"deploy","text":"v2","at":"2025-12-31T23:59:59.5Z"}
            addAnnotation         | 201 | POST /annotations {"kind":"note","text":"a","integration":"provider.key[openai]"}
            addAnnotation         | 404 | POST /annotations {"kind":"note","text":"a","integration":"none"}
            addAnnotation         | 400 | POST /annotations {"kind":"configuration","text":"a"}
            listAnnotations       | 200 | GET /annotations
            getDoctorHistory      | 200 | GET /doctor/history
            getDoctorHistory      | 200 | GET /doctor/history?check=disk.space
            getDoctorHistory      | 404 | GET /doctor/history?check=none
            addOperator           | 201 | POST /operators {"name":"alice","role":"viewer"}
            addOperator           | 409 | POST /operators {"name":"alice","role":"viewer"}
            listOperators         | 200 | GET /operators
            makeLoginLink         | 201 | POST /login-links {"name":"alice"}
            makeLoginLink         | 404 | POST /login-links {"name":"nobody"}
            revokeOperator        | 204 | DELETE /operators/alice
            revokeOperator        | 404 | DELETE /operators/alice
            listOperators         | 200 | GET /operators
            getSession            | 200 | GET /session
            logIn                 | 201 | POST /session {"name":"break-glass","token":"break-glass-token-4711-0815"}
            logIn                 | 400 | POST /session {}
            logOut                | 204 | DELETE /session
            revokeSession         | 404 | DELETE /sessions/none
            listAuditEvents       | 200 | GET /audit/events?limit=3
            listAuditEvents       | 200 | GET /audit/events?order=asc&type=security.*&severity=info
            listAuditEvents       | 400 | GET /audit/events?severity=bad
            getAuditEvent         | 200 | GET /audit/events/1
            getAuditEvent         | 404 | GET /audit/events/none
            getAuditEvent         | 400 | GET /audit/events/1?q=x
            listAuditStorms       | 200 | GET /audit/storms
            verifyAudit           | 200 | POST /audit/verify
            exportAudit           | 200 | GET /audit/export
            exportAudit           | 200 | GET /audit/export?type=security.operator_added
            beat                  | 401 | POST /heartbeats/backup.nightly-copy
            beatWithExit          | 400 | POST /heartbeats/backup.nightly-copy/1000
            """;

    @TempDir
    Path directory;

    private final OpenApiDocument document = OpenApiDocument.read();
    private final List<String> wrong = new ArrayList<>();
    private final TreeSet<String> answered = new TreeSet<>();
    private final TreeSet<String> refused = new TreeSet<>();
    private ServedOperations served;

    @BeforeEach
    void serve() {
        served = new ServedOperations(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void itIsServedAsItIsAndNotTwice() {
        var answer = ask("getOpenApi", "GET /openapi.json", BEARER);
        var tag = answer.headers().firstValue("etag").orElseThrow();
        var again = ask("getOpenApi", "GET /openapi.json", "Authorization", "Bearer " + TOKEN, "If-None-Match", tag);

        assertThat(answer.body()).isEqualTo(document.text());
        assertThat(answer.headers().firstValue("cache-control")).contains("private, no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("etag")).contains(tag);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyOperationAnswersWhatTheDocumentSays() {
        somethingHappens();
        REQUESTS.lines().forEach(line -> {
            var columns = line.split(" *\\| ", 3);
            var status = ask(columns[0], columns[2], BEARER).statusCode();
            if (status != Integer.parseInt(columns[1])) {
                wrong.add(line + ": " + status);
            }
        });
        askAsOthers();
        stream();

        assertThat(wrong).isEmpty();
        var all = served.operations().stream().map(Operation::id).toList();
        assertThat(answered).as("operations that answered").containsExactlyInAnyOrderElementsOf(all);
        assertThat(refused).as("operations that refused").containsExactlyInAnyOrderElementsOf(all);
    }

    /** An incident, a storm, and a log that is sealed. */
    private void somethingHappens() {
        Eventually.holds(LIMIT, () -> passes(() -> answered.contains("verifyIntegration")));
        served.outcome = Outcome.fail("the key is refused").observed("status", 401, "status");
        ask("runDoctor", "GET /doctor", BEARER);
        Eventually.holds(LIMIT, () -> passes(() -> has("listIncidents", "GET /incidents")));
        for (int i = 0; i < 5; i++) {
            ask(
                    "logIn",
                    "POST /session {\"name\":\"mallory\",\"token\":\"wrong\"}",
                    "Content-Type",
                    "application/json");
        }
        Eventually.holds(LIMIT, () -> passes(() -> has("listAuditStorms", "GET /audit/storms")));
        Eventually.holds(LIMIT, () -> passes(() -> has("getDoctorHistory", "GET /doctor/history")));
    }

    /** After some more time. */
    private boolean passes(BooleanSupplier condition) {
        served.letPass(Duration.ofSeconds(11));
        ask("verifyIntegration", VERIFY, BEARER);
        return condition.getAsBoolean();
    }

    private boolean has(String id, String request) {
        return !new JsonObject(ask(id, request, BEARER).body())
                .getJsonArray("items")
                .isEmpty();
    }

    private void askAsOthers() {
        ask("runDoctor", "GET /doctor", "Authorization", "Bearer " + TOKEN, "Accept", "application/health+json");
        ask("runDoctor", "GET /doctor", "Authorization", "Bearer " + TOKEN, "Accept", "text/html");
        ask("addOperator", "POST /operators {}", "Authorization", "Bearer " + TOKEN, "Content-Type", "text/plain");
        ask("addAnnotation", "POST /annotations " + " ".repeat(70_000), BEARER);
        ask("revokeSession", "DELETE /sessions/" + UUID.randomUUID(), BEARER);
        var beat = "Bearer " + HeartbeatToken.of(ServedOperations.SECRET, ServedOperations.HEARTBEAT);
        ask("beat", "POST /heartbeats/backup.nightly-copy", "Authorization", beat);
        ask("beatWithExit", "POST /heartbeats/backup.nightly-copy/3", "Authorization", beat);
        var session = ask(
                "logIn",
                "POST /session {\"name\":\"break-glass\",\"token\":\"" + TOKEN + "\"}",
                "Content-Type",
                "application/json");
        var cookie = session.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        ask("getSession", "GET /session", "Cookie", cookie);
        ask("logOut", "DELETE /session", "Cookie", cookie);
        for (var operation : served.operations()) {
            if (operation.access() != Access.ANYONE) {
                ask(operation.id(), operation.method() + " " + operation.path().replaceAll("[{}]", ""));
            }
        }
    }

    private void stream() {
        var answer =
                served.ask("GET", "/audit/stream?tail=1000", "", HttpResponse.BodyHandlers.ofInputStream(), BEARER);
        var events = new CopyOnWriteArrayList<String>();
        var reader = new Thread(() -> read(answer.body(), events), "stream-reader");
        reader.setDaemon(true);
        reader.start();
        Eventually.holds(LIMIT, () -> events.stream().anyMatch(one -> one.startsWith("audit ")));
        served.drain();
        Eventually.holds(LIMIT, () -> events.stream().anyMatch(one -> one.startsWith("bye ")));
        answered.add("streamAudit");
        events.forEach(one -> {
            var words = one.split(" ", 2);
            wrong.addAll(document.eventFaults("streamAudit", words[0], words[1]));
        });
    }

    private static void read(InputStream body, List<String> events) {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var event = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(event + " " + line.substring(6));
                }
            }
        } catch (IOException closed) {
            // The test has ended it.
        }
    }

    /** The answer, which is held against the document. */
    private HttpResponse<String> ask(String id, String request, String... headers) {
        var words = request.split(" ", 3);
        var answer = served.ask(
                words[0], words[1], words.length > 2 ? words[2] : "", HttpResponse.BodyHandlers.ofString(), headers);
        var type = answer.headers().firstValue("content-type").orElse("").split(";", 2)[0];
        document.faults(id, answer.statusCode(), type, answer.body())
                .forEach(fault -> wrong.add(id + " " + request + ": " + fault));
        (answer.statusCode() < 400 ? answered : refused).add(id);
        return answer;
    }
}
