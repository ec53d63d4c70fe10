package dev.koda.dashboard;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.stack.KodaVersion;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.SessionOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the OpenAPI document against the routes, and against what OpenAPI 3.1 is. */
class OpenApiTest {
    private final Vertx vertx = Vertx.vertx();
    private final CheckEngine engine = CheckEngine.builder().build();
    private final OpenApiDocument document = OpenApiDocument.read();

    @AfterEach
    void stop() {
        engine.close();
        await(vertx.close());
    }

    @Test
    void theDocumentHasTheOperationsThatAreServedAndNoOther() {
        var access = SessionOptions.of(BearerTokens.none(), request -> Sender.local());
        var operations = Operations.of(vertx, engine, OperationsOptions.of(access, TimeSource.system()));
        var lines = operations.operations().stream()
                .map(one -> "%s %s %s %s"
                        .formatted(
                                one.id(),
                                one.method().name().toLowerCase(Locale.ROOT),
                                one.path(),
                                one.access().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(document.operations()).isEqualTo(lines);
    }

    @Test
    void theDocumentHasTheParametersThatAreTaken() {
        var access = SessionOptions.of(BearerTokens.none(), request -> Sender.local());
        var operations = Operations.of(vertx, engine, OperationsOptions.of(access, TimeSource.system()));

        assertThat(operations.operations())
                .allSatisfy(one -> assertThat(document.queryParameters(one.id()))
                        .as(one.id())
                        .containsExactlyInAnyOrderElementsOf(one.parameters()));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.references())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(document.at(one)).as(one).isNotNull());
    }

    @Test
    void itIsAnOpenApiDocumentOfThisBuild() {
        var version = OpenAPIVersion.fromContract(document.json());
        var repository = await(version.getRepository(vertx, "https://koda.dev/"));
        var schemas = document.json().getJsonObject("components").getJsonObject("schemas");

        assertThat(version).isEqualTo(OpenAPIVersion.V3_1);
        assertThat(await(version.validateContract(vertx, repository, document.json())))
                .satisfies(result ->
                        assertThat(result.getValid()).as(result.toString()).isTrue());
        assertThat(schemas.fieldNames())
                .allSatisfy(name -> assertThat(repository
                                .validator(Draft.DRAFT202012.getIdentifier())
                                .validate(schemas.getJsonObject(name))
                                .getValid())
                        .as(name)
                        .isTrue());
        assertThat(document.json().getJsonObject("info").getString("version")).isEqualTo(KodaVersion.text());
    }

    @Test
    void anIdMayBeAsLongAsThatOfACheck() {
        var schemas = document.json().getJsonObject("components").getJsonObject("schemas");

        assertThat(schemas.getJsonObject("IntegrationId").getInteger("maxLength"))
                .isEqualTo(CheckId.LONGEST);
    }

    @Test
    void aReportIsWhatItsOwnSchemaSays() throws IOException {
        var text = Files.readString(Path.of("../docs/schema/report-v1.json"));
        var report = new JsonObject(text);
        var schemas = document.json().getJsonObject("components").getJsonObject("schemas");
        for (var name : report.getJsonObject("$defs").fieldNames()) {
            var ours = "Report" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            text = text.replace("\"#/$defs/" + name + "\"", "\"#/components/schemas/" + ours + "\"");
        }
        var moved = new JsonObject(text);

        for (var name : report.getJsonObject("$defs").fieldNames()) {
            var ours = "Report" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            assertThat(schemas.getJsonObject(ours))
                    .as(ours)
                    .isEqualTo(moved.getJsonObject("$defs").getJsonObject(name));
        }
        List.of("$schema", "$id", "$defs").forEach(moved::remove);
        assertThat(schemas.getJsonObject("Report")).isEqualTo(moved);
    }

    /** Else a validator that looks at nothing would find nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            getSession    | 200 | application/json         | {"name":"a","role":"viewer","means":"token"} | true
            getSession    | 200 | application/json         | {"name":"a","role":"viewer"} | false
            getSession    | 200 | application/json         | {"name":"a","role":"owner","means":"token"} | false
            getSession    | 200 | application/json         | {"name":"a","role":"viewer","means":"token","age":7} | false
            getSession    | 200 | text/plain               | {"name":"a","role":"viewer","means":"token"} | false
            getSession    | 409 | application/problem+json | {"type":"about:blank","title":"a","status":409,"detail":"a","reason":"conflict"} | false
            getSession    | 401 | application/problem+json | {"type":"about:blank","title":"a","status":401,"detail":"a","reason":"a"} | true
            getSession    | 401 | application/problem+json | {"type":"about:blank","title":"a","status":401,"detail":"a"} | false
            getSession    | 401 | application/problem+json | {"type":"about:blank","title":"a","status":401} | false
            listIncidents | 200 | application/json         | {"items":[],"next_cursor":null} | true
            listIncidents | 200 | application/json         | {"items":[{"integration":"a.b"}],"next_cursor":null} | false
            exportAudit   | 200 | application/x-ndjson     | {"complete":true,"filtered":false,"from":0,"to":0,"events":0} | true
            exportAudit   | 200 | application/x-ndjson     | {"complete":true} | false
            """)
    void anAnswerThatTheDocumentDoesNotKnowIsTold(String id, int status, String type, String body, boolean isRight) {
        assertThat(document.faults(id, status, type, body).isEmpty()).isEqualTo(isRight);
    }
}
