package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operations page over a thousand integrations of ninety days, each of which failed for an hour every third day. */
class PageAtScaleIT {
    private static final int INTEGRATIONS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String HISTORY = """
            INSERT INTO koda_ops.status_interval
            SELECT 'many.' || n, began + part.after, began + part.after + part.length, part.status, part.reason, 1
            FROM generate_series(1, %1$d) n,
                 generate_series(now() - interval '90 days', now() - interval '3 days', interval '3 days') every,
                 LATERAL (SELECT every + (n %% 71) * interval '1 hour') moved (began),
                 (VALUES (0, NULL, interval '0', interval '71 hours'),
                         (2, 'key_rejected', interval '71 hours', interval '1 hour')) part (status, reason, after, length);
            INSERT INTO koda_ops.annotation
            SELECT gen_random_uuid(), since, 'rotation', subject, 'another credential from here on', NULL
            FROM koda_ops.status_interval WHERE subject LIKE 'many.%%' AND status = 2 AND runs = 1 AND hashtext(subject || since) %% 5 = 0;
            INSERT INTO koda_ops.rollup_1d
            SELECT 'many.' || n, date_trunc('day', now()) - day * interval '1 day', 96 - failed, 0, failed, 0, 180000,
                   array_fill(0, ARRAY[24 + n %% 6]) || ARRAY[96, 0, 1]
            FROM generate_series(1, %1$d) n, generate_series(1, 90) day,
                 LATERAL (SELECT CASE WHEN (n + day) %% 3 = 0 THEN 4 ELSE 0 END) f (failed);
            INSERT INTO koda_ops.subject (id, class, kind, name, origin, every_ms, verified_at, status, since, until, runs)
            SELECT 'many.' || n, 'integration', 'provider', 'Integration ' || n, 'settings', 900000, now(), 0, now() - interval '1 hour',
                   now() + interval '1 hour', 4
            FROM generate_series(1, %1$d) n
            """.formatted(INTEGRATIONS);

    @RegisterExtension
    static final StackInBrowser stack = new StackInBrowser();

    /** Once the server has declared an integration of its own, it lets others stand. */
    @BeforeAll
    static void start() throws SQLException {
        stack.start("2s", """
                version: 1
                checks:
                  - {id: custom.own, tcp: {host: 127.0.0.1, port: 1}}
                """);
        Within.limit(LIMIT, "the server has declared", () -> integrations("own").contains("custom.own"));
        try (var connection = stack.up().connect();
                var statement = connection.createStatement()) {
            statement.execute(HISTORY);
        }
    }

    private static String integrations(String text) {
        return Http.get(
                        stack.up().url("/api/operations/integrations?range=90d&bars=90&limit=100&q=" + text),
                        Map.of("Authorization", "Bearer " + stack.token()))
                .text();
    }

    private static void awaitRows(int rows) {
        assertThat(stack.page().find(".int-row"))
                .hasCount(rows, new LocatorAssertions.HasCountOptions().setTimeout((double) LIMIT.toMillis()));
    }

    @Test
    void allOfThemAreReachedByScrollingAndItStaysSmooth() {
        stack.page().go("?view=integrations&range=90d&q=many.");
        assertThat(stack.page().find(".int-row")).hasCount(100);
        var smoothness = Smoothness.of(stack.page().page());
        smoothness.scroll(60, 1500);
        awaitRows(INTEGRATIONS);
        stack.page().page().evaluate("scrollTo(0, 0)");
        smoothness.scrollFramesLast(32, 60, 700);

        stack.page().assertFaultless();
    }

    @Test
    void aBrowserThatHasNothingOfItYetShowsTheVerdict() {
        var options =
                new Browser.NewContextOptions().setStorageState(stack.page().signedInState());
        try (var page = stack.open(options)) {
            page.go("");
            assertThat(page.find(".verdict h2")).isVisible();
            Smoothness.ofPaint(page.page());
        }
    }

    @Test
    void everyRowSaysWhatTheApiSays() {
        stack.page().go("?view=integrations&range=90d&q=many.");
        assertThat(stack.page().find(".int-row")).hasCount(100);

        assertThat(ofPage()).isEqualTo(ofApi());
        stack.page().assertFaultless();
    }

    /** Of each row its name, how many bars fail, how many marks it has, and its uptime. */
    @SuppressWarnings("unchecked")
    private static List<String> ofPage() {
        return (List<String>) stack.page().page().evaluate("""
                [...document.querySelectorAll('.int-row')].map(row => [
                    row.querySelector('.int-name').textContent.trim(),
                    (row.querySelector('.bars .fail').getAttribute('d').match(/M/g)).length,
                    row.querySelectorAll('.bars .flag').length,
                    row.querySelector('.number').textContent.replace(/\\s/g, '')].join(' '))""");
    }

    private static List<String> ofApi() {
        var all = new ArrayList<String>();
        for (var item : RunningStack.json(integrations("many.")).path("items")) {
            double uptime = item.path("in_range").path("uptime").path("ratio").asDouble();
            all.add(String.join(
                    " ",
                    item.path("name").asText(),
                    Long.toString(item.path("bars")
                            .asText()
                            .chars()
                            .filter(bar -> bar == 'f')
                            .count()),
                    Integer.toString(item.path("marks").size()),
                    String.format(Locale.ROOT, "%.1f%%", Math.floor(uptime * 1000) / 10)));
        }
        return all;
    }

    @Test
    void oneIsFoundByItsNameAndThoseThatFailedInRangeAreAll() {
        stack.page().go("?view=integrations&range=90d&state=failed&q=many.");
        awaitRows(100);
        stack.page().page().getByRole(AriaRole.SEARCHBOX).fill("many.777");
        assertThat(stack.page().find(".int-row")).hasCount(1);
        stack.page().find(".int-row .int-name").click();
        assertThat(stack.page().find("dialog h2")).containsText("Integration 777");
        stack.page().press("Escape");
        assertThat(stack.page().find("dialog")).hasCount(0);
        stack.page().assertFaultless();
    }
}
