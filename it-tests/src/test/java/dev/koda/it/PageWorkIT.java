package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator does with the page in an incident, where foreign people have written what they like into it. */
class PageWorkIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int A_WHILE_MS = 500;
    private static final String MARKUP = "<img src=x onerror=alert(1)>";
    private static final String HOSTILE = MARKUP + "\u202e\u2066evil\u2069";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private static @Nullable RunningStack running;
    private static @Nullable StandInProvider provider;
    private static @Nullable OperationsPage signedIn;

    @BeforeAll
    static void start() throws IOException {
        provider = StandInProvider.start("the key");
        Files.writeString(
                sandbox.root().resolve("koda.yaml"), """
                version: 1
                checks:
                  - id: custom.billing
                    title: "%s%s"
                    http: {url: "%s", headers: {Authorization: Bearer the key}}
                """.formatted(HOSTILE, "w".repeat(10_000), provider.url()));
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), "2s");
        signedIn = chromium.open(running.url("")).signIn("break-glass", running.setting("CONTROL_PLANE_API_TOKEN"));
        signedIn.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    }

    @AfterAll
    static void end() {
        Objects.requireNonNull(provider).close();
    }

    private static RunningStack up() {
        return Objects.requireNonNull(running);
    }

    private static OperationsPage page() {
        return Objects.requireNonNull(signedIn);
    }

    private static JsonNode items(String path) {
        var token = Map.of("Authorization", "Bearer " + up().setting("CONTROL_PLANE_API_TOKEN"));
        return RunningStack.json(
                        Http.get(up().url("/api/operations" + path), token).text())
                .path("items");
    }

    private static LocatorAssertions.ContainsTextOptions withinLimit() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) LIMIT.toMillis());
    }

    @Test
    void theExportHoldsTheEventsOfTheFilter() throws IOException {
        page().go("?view=audit&type=security.operator_login_succeeded");
        assertThat(page().find(".event-row").first()).isVisible();
        var download = page().page().waitForDownload(() -> page().link("Export").click());

        assertThat(download.suggestedFilename()).endsWith(".ndjson");
        var lines = Files.readAllLines(download.path()).stream()
                .map(RunningStack::json)
                .toList();
        assertThat(lines.get(lines.size() - 1).path("complete").asBoolean()).isTrue();
        assertThat(lines.stream()
                        .filter(line -> line.has("type"))
                        .map(line -> line.path("id").asText()))
                .containsExactlyInAnyOrderElementsOf(StreamSupport.stream(
                                items("/audit/events?type=security.operator_login_succeeded")
                                        .spliterator(),
                                false)
                        .map(event -> event.path("id").asText())
                        .toList());
    }

    @Test
    void whatIsCopiedIsTheEventAndACommandThatFindsIt() throws IOException {
        page().go("?view=audit&type=security.operator_login_succeeded");
        page().find(".event-row [data-row]").last().click();
        page().button("Copy JSON").click();
        assertThat(page().find(".copies")).containsText("Copied.");
        var event = RunningStack.json(clipboard());
        assertThat(event.path("type").asText()).isEqualTo("security.operator_login_succeeded");

        page().button("Copy as curl").click();
        Within.limit(LIMIT, "copied", () -> clipboard().contains("curl"));
        assertThat(clipboard()).doesNotContain(up().setting("CONTROL_PLANE_API_TOKEN"));
        Files.createDirectories(sandbox.root().resolve(".koda-local"));
        Files.writeString(
                sandbox.root().resolve(".koda-local/auth"),
                "Authorization: Bearer " + up().setting("CONTROL_PLANE_API_TOKEN") + "\n");
        var curl = sandbox.run(List.of("sh", "-c", clipboard()));
        assertThat(curl.awaitExit(LIMIT)).as(curl.toString()).isZero();
        assertThat(RunningStack.json(curl.output())).isEqualTo(event);
        page().press("Escape");
    }

    private static String clipboard() {
        return (String) page().page().evaluate("navigator.clipboard.readText()");
    }

    @Test
    void aRotationStandsWhereFailuresBegin() {
        page().go("?view=integrations&range=1h");
        verifyUntil("pass in");
        Objects.requireNonNull(provider).rotate("another key");
        page().go("?view=incidents");
        page().page().getByLabel("Kind").selectOption("rotation");
        page().page().getByLabel("About").selectOption(new SelectOption().setValue("custom.billing"));
        page().page().getByLabel("What happened, now").fill("the key was rotated");
        page().button("Add").click();
        assertThat(page().find("koda-incidents")).containsText("the key was rotated");
        page().go("?view=integrations&range=1h");
        verifyUntil("http status");

        assertThat(page().find(".int-row .flag.rotation")).hasCount(1);
        double mark = left(".int-row .pole.rotation");
        double failures = left(".int-row path.fail");
        double bar = ((Number) page().page().evaluate("document.querySelector('.int-row .bars').viewBox.baseVal.width"))
                        .doubleValue()
                / 12;
        assertThat(failures - mark).isBetween(-bar, bar);
        page().find(".int-name").click();
        assertThat(page().find("dialog .marks")).containsText("the key was rotated");
        assertThat(page().find("dialog [aria-label=Verifications]")).containsText("failing");
        assertThat(page().find("dialog")).containsText("open");
        page().press("Escape");
        page().assertFaultless();
    }

    /** Verifies are refused for a while after one, and go on by themselves. */
    private static void verifyUntil(String said) {
        Locator last = page().find(".int-last");
        Within.limit(LIMIT, said, () -> {
            page().find(".int-row button").click();
            assertThat(page().find(".int-row button")).isEnabled();
            page().page().waitForTimeout(A_WHILE_MS);
            return last.innerText().contains(said);
        });
    }

    private static double left(String selector) {
        return ((Number) page().page().evaluate("one => document.querySelector(one).getBBox().x", selector))
                .doubleValue();
    }

    @Test
    void hostileWordsAreTextEverywhere() throws SQLException {
        record(HOSTILE + "w".repeat(10_000));
        page().page().setViewportSize(320, 800);
        page().go("?view=incidents");
        page().page().getByLabel("What happened, now").fill(HOSTILE + "w".repeat(400));
        page().button("Add").click();
        assertThat(page().find("koda-incidents")).containsText(MARKUP);
        assertSound();
        page().go("");
        assertThat(page().find("koda-overview .areas").first()).isVisible();
        assertSound();
        page().go("?view=checks&open=custom.billing");
        assertThat(page().find("koda-check .facts")).isVisible();
        assertThat(page().find("koda-check[open], koda-check details[open]")).containsText(MARKUP);
        assertSound();
        page().go("?view=integrations&id=custom.billing");
        assertThat(page().find("dialog h2")).containsText(MARKUP);
        assertSound();
        page().go("?view=audit");
        assertThat(page().find(".feed")).containsText(MARKUP, withinLimit());
        assertSound();
        page().find(".event-row").first().click();
        assertThat(page().find("dialog .json")).containsText(MARKUP);
        assertSound();
        page().page().setViewportSize(1280, 720);
    }

    private static void assertSound() {
        assertThat(page().find("img")).hasCount(0);
        assertThat(page().page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no scroll bar at %s", page().query())
                .isEqualTo(true);
        page().assertFaultless();
    }

    /** An event with this in every field that somebody may fill. */
    private static void record(String text) throws SQLException {
        var json = "\"" + text.replace("\"", "\\\"") + "\"";
        var body = """
                {"schema": "koda.audit/v1", "id": "%s", "type": "security.auth_failure", "code": "KS1301",
                 "time": "%s", "severity": "warning", "outcome": %3$s, "actor": %3$s, "source": %3$s, "target": %3$s,
                 "reason": %3$s, "node": %3$s, "details": {%3$s: %3$s}}
                """.formatted(UUID.randomUUID(), Instant.now(), json);
        try (var connection = up().connect();
                var insert = connection.prepareStatement(
                        "INSERT INTO koda_ops.audit_inbox (id, is_repeated, body) VALUES (?, false, ?)")) {
            insert.setObject(
                    1, UUID.fromString(RunningStack.json(body).path("id").asText()));
            insert.setString(2, body);
            insert.executeUpdate();
        }
    }

    @Test
    void timesAreThoseOfTheReaderWithUtcOnHover() {
        page().go("?view=audit&type=security.operator_login_succeeded");
        var time = page().find(".event-row time").first();
        var at = Instant.parse(time.getAttribute("datetime"));

        assertThat(time.innerText())
                .isEqualTo(DateTimeFormatter.ofPattern("HH:mm:ss")
                        .withZone(ZoneId.of("Europe/Berlin"))
                        .format(at));
        assertThat(time.getAttribute("title"))
                .isEqualTo(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
                        .withZone(ZoneId.of("UTC"))
                        .format(at));
    }
}
