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
    static final StackInBrowser stack = new StackInBrowser();

    private static @Nullable StandInProvider provider;

    @BeforeAll
    static void start() throws IOException {
        provider = StandInProvider.start("the key");
        stack.start("2s", """
                version: 1
                checks:
                  - id: custom.billing
                    title: "%s%s"
                    http: {url: "%s", headers: {Authorization: Bearer the key}}
                """.formatted(HOSTILE, "w".repeat(10_000), provider.url()));
        stack.page().page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    }

    @AfterAll
    static void end() {
        Objects.requireNonNull(provider).close();
    }

    private static JsonNode items(String path) {
        var token = Map.of("Authorization", "Bearer " + stack.token());
        return RunningStack.json(Http.get(stack.up().url("/api/operations" + path), token)
                        .text())
                .path("items");
    }

    private static LocatorAssertions.ContainsTextOptions withinLimit() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) LIMIT.toMillis());
    }

    @Test
    void theExportHoldsTheEventsOfTheFilter() throws IOException {
        stack.page().go("?view=audit&type=security.operator_login_succeeded");
        assertThat(stack.page().find(".event-row").first()).isVisible();
        var download = stack.page()
                .page()
                .waitForDownload(() -> stack.page().link("Export").click());

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
        stack.page().go("?view=audit&type=security.operator_login_succeeded");
        stack.page().find(".event-row [data-row]").last().click();
        stack.page().button("Copy JSON").click();
        assertThat(stack.page().find(".copies")).containsText("Copied.");
        var event = RunningStack.json(clipboard());
        assertThat(event.path("type").asText()).isEqualTo("security.operator_login_succeeded");

        stack.page().button("Copy as curl").click();
        Within.limit(LIMIT, "copied", () -> clipboard().contains("curl"));
        assertThat(clipboard()).doesNotContain(stack.token());
        Files.createDirectories(stack.sandbox().root().resolve(".koda-local"));
        Files.writeString(
                stack.sandbox().root().resolve(".koda-local/auth"), "Authorization: Bearer " + stack.token() + "\n");
        var curl = stack.sandbox().run(List.of("sh", "-c", clipboard()));
        assertThat(curl.awaitExit(LIMIT)).as(curl.toString()).isZero();
        assertThat(RunningStack.json(curl.output())).isEqualTo(event);
        stack.page().press("Escape");
    }

    private static String clipboard() {
        return (String) stack.page().page().evaluate("navigator.clipboard.readText()");
    }

    @Test
    void aRotationStandsWhereFailuresBegin() {
        stack.page().go("?view=integrations&range=1h");
        verifyUntil("pass in");
        Objects.requireNonNull(provider).rotate("another key");
        stack.page().go("?view=incidents");
        stack.page().page().getByLabel("Kind").selectOption("rotation");
        stack.page().page().getByLabel("About").selectOption(new SelectOption().setValue("custom.billing"));
        stack.page().page().getByLabel("What happened, now").fill("the key was rotated");
        stack.page().button("Add").click();
        assertThat(stack.page().find("koda-incidents")).containsText("the key was rotated");
        stack.page().go("?view=integrations&range=1h");
        verifyUntil("http status");

        assertThat(stack.page().find(".int-row .flag.rotation")).hasCount(1);
        double mark = left(".int-row .pole.rotation");
        double failures = left(".int-row path.fail");
        double bar = ((Number) stack.page()
                                .page()
                                .evaluate("document.querySelector('.int-row .bars').viewBox.baseVal.width"))
                        .doubleValue()
                / 12;
        assertThat(failures - mark).isBetween(-bar, bar);
        stack.page().find(".int-name").click();
        assertThat(stack.page().find("dialog .marks")).containsText("the key was rotated");
        assertThat(stack.page().find("dialog [aria-label=Verifications]")).containsText("failing");
        assertThat(stack.page().find("dialog")).containsText("open");
        stack.page().press("Escape");
        stack.page().assertFaultless();
    }

    /** Verifies are refused for a while after one, and go on by themselves. */
    private static void verifyUntil(String said) {
        Locator last = stack.page().find(".int-last");
        Within.limit(LIMIT, said, () -> {
            stack.page().find(".int-row button").click();
            assertThat(stack.page().find(".int-row button")).isEnabled();
            stack.page().page().waitForTimeout(A_WHILE_MS);
            return last.innerText().contains(said);
        });
    }

    private static double left(String selector) {
        return ((Number) stack.page().page().evaluate("one => document.querySelector(one).getBBox().x", selector))
                .doubleValue();
    }

    @Test
    void hostileWordsAreTextEverywhere() throws SQLException {
        record(HOSTILE + "w".repeat(10_000));
        stack.page().page().setViewportSize(320, 800);
        stack.page().go("?view=incidents");
        stack.page().page().getByLabel("What happened, now").fill(HOSTILE + "w".repeat(400));
        stack.page().button("Add").click();
        assertThat(stack.page().find("koda-incidents")).containsText(MARKUP);
        assertSound();
        stack.page().go("");
        assertThat(stack.page().find("koda-overview .areas").first()).isVisible();
        assertSound();
        stack.page().go("?view=checks&open=custom.billing");
        assertThat(stack.page().find("koda-check .facts")).isVisible();
        assertThat(stack.page().find("koda-check[open], koda-check details[open]"))
                .containsText(MARKUP);
        assertSound();
        stack.page().go("?view=integrations&id=custom.billing");
        assertThat(stack.page().find("dialog h2")).containsText(MARKUP);
        assertSound();
        stack.page().go("?view=audit");
        assertThat(stack.page().find(".feed")).containsText(MARKUP, withinLimit());
        assertSound();
        stack.page().find(".event-row").first().click();
        assertThat(stack.page().find("dialog .json")).containsText(MARKUP);
        assertSound();
        stack.page().page().setViewportSize(1280, 720);
    }

    private static void assertSound() {
        assertThat(stack.page().find("img")).hasCount(0);
        assertThat(stack.page().page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("no scroll bar at %s", stack.page().query())
                .isEqualTo(true);
        stack.page().assertFaultless();
    }

    /** An event with this in every field that somebody may fill. */
    private static void record(String text) throws SQLException {
        var json = "\"" + text.replace("\"", "\\\"") + "\"";
        var body = """
                {"schema": "koda.audit/v1", "id": "%s", "type": "security.auth_failure", "code": "KS1301",
                 "time": "%s", "severity": "warning", "outcome": %3$s, "actor": %3$s, "source": %3$s, "target": %3$s,
                 "reason": %3$s, "node": %3$s, "details": {%3$s: %3$s}}
                """.formatted(UUID.randomUUID(), Instant.now(), json);
        try (var connection = stack.up().connect();
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
        stack.page().go("?view=audit&type=security.operator_login_succeeded");
        var time = stack.page().find(".event-row time").first();
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
