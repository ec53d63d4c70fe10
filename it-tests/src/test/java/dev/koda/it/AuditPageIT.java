package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit feed of the operations page in a real browser, while a Koda writes its events into the Postgres beside it. */
class AuditPageIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(100);

    private static final int PER_SECOND = 200;
    private static final int SECONDS = Boolean.getBoolean("koda.long") ? 60 : 10;
    private static final int MOST_ROWS = 1000;

    private static final String TABLE = """
            CREATE SCHEMA knowledge_v2
            CREATE TABLE audit_events (id BIGSERIAL PRIMARY KEY, agent_id TEXT NOT NULL, timestamp TIMESTAMPTZ NOT NULL,
                event_type TEXT NOT NULL, pod_name TEXT NOT NULL DEFAULT '', user_id BIGINT, task_id BIGINT,
                trace_id TEXT NOT NULL DEFAULT '', details_json JSONB NOT NULL DEFAULT '{}', cost_usd DOUBLE PRECISION,
                duration_ms DOUBLE PRECISION, created_at TIMESTAMPTZ NOT NULL DEFAULT now())
            """;

    private static final String EVENTS = """
            INSERT INTO knowledge_v2.audit_events (agent_id, timestamp, event_type, details_json)
            SELECT 'it', clock_timestamp(), 'security.command_blocked', jsonb_build_object('username', ?::text, 'tool', n::text)
            FROM generate_series(1, ?) n
            """;

    @RegisterExtension
    static final StackInBrowser stack = new StackInBrowser();

    @BeforeAll
    static void start() throws SQLException {
        stack.start("2s");
        try (var connection = stack.up().connect();
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    private static void watch() {
        stack.page().go("?view=audit");
        assertThat(stack.page().find(".feed-state")).containsText("Live", withinLimit());
    }

    private static LocatorAssertions.ContainsTextOptions withinLimit() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) LIMIT.toMillis());
    }

    private static void insert(Connection connection, String actor, int count) throws SQLException {
        try (var statement = connection.prepareStatement(EVENTS)) {
            statement.setString(1, actor);
            statement.setInt(2, count);
            statement.executeUpdate();
        }
    }

    private static void insert(String actor, int count) throws SQLException {
        try (var connection = stack.up().connect()) {
            insert(connection, actor, count);
        }
    }

    private static int received() {
        return ((Number) stack.page().page().evaluate("document.querySelector('koda-audit').feed.received")).intValue();
    }

    /** The numbers of the events that the page holds, the newest first. */
    @SuppressWarnings("unchecked")
    private static List<Integer> held() {
        return (List<Integer>) stack.page()
                .page()
                .evaluate("document.querySelector('koda-audit').feed.entries.filter(e => e.seq).map(e => e.seq)");
    }

    private static void assertNothingIsMissing() {
        var held = held();
        for (int i = 1; i < held.size(); i++) {
            assertThat(held.get(i - 1) - held.get(i))
                    .as("step before %d", held.get(i))
                    .isEqualTo(1);
        }
    }

    @Test
    void twoHundredEventsASecondAreAllReceivedAndFewAreHeld() throws SQLException {
        watch();
        var smoothness = Smoothness.of(stack.page().page());
        int before = received();
        try (var connection = stack.up().connect()) {
            for (long tick = 1, begin = System.nanoTime(); tick <= SECONDS * 10L; tick++) {
                insert(connection, "bob", PER_SECOND / 10);
                long due = begin + tick * TICK.toNanos();
                Within.limit(TICK.multipliedBy(600), "the tick is over", () -> System.nanoTime() >= due);
            }
        }

        Within.limit(LIMIT, "all received", () -> received() - before >= SECONDS * PER_SECOND);
        assertNothingIsMissing();
        assertThat(held()).hasSizeLessThanOrEqualTo(MOST_ROWS);
        assertThat(stack.page().find(".feed > li").count()).isLessThanOrEqualTo(MOST_ROWS);
        smoothness.longTasksLast(200);
        stack.page().assertFaultless();
    }

    @Test
    void whatComesWhilePausedWaitsAndIsThenShown() throws SQLException {
        watch();
        stack.page().press("p");
        assertThat(stack.page().find(".feed-state")).containsText("Paused");
        insert("paused-by-me", 25);

        var waiting = stack.page().find("button.new");
        assertThat(waiting).containsText("new", withinLimit());
        assertThat(stack.page().find(".feed")).not().containsText("paused-by-me");
        stack.page().press("p");
        assertThat(stack.page().find(".feed")).containsText("paused-by-me", withinLimit());
        assertThat(stack.page().find(".feed-state")).containsText("Live");
        assertNothingIsMissing();
    }

    @Test
    void hostileWordsAreTextAndBreakNothing() throws SQLException {
        watch();
        var hostile = "<img src=x onerror=alert(1)>\u202e\u2066evil\u2069" + "w".repeat(10_000);
        insert(hostile, 1);

        assertThat(stack.page().find(".feed")).containsText("<img src=x onerror=alert(1)>", withinLimit());
        assertThat(stack.page().find(".feed img")).hasCount(0);
        stack.page().find(".feed [data-row]").first().click();
        assertThat(stack.page().find("dialog")).containsText("<img src=x onerror=alert(1)>");
        for (int width : new int[] {320, 1440}) {
            stack.page().page().setViewportSize(width, 900);
            assertThat(stack.page().page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("no scroll bar at %d px", width)
                    .isEqualTo(true);
        }
        stack.page().press("Escape");
        stack.page().assertFaultless();
    }

    @Test
    void aRestartOfTheServerLosesNothing() throws SQLException {
        watch();
        try (var overview = stack.signedIn()) {
            assertThat(overview.find(".verdict")).containsText("ran");
            stack.up().end();
            assertThat(stack.page().find(".feed-state")).not().containsText("Live", withinLimit());
            assertThat(stack.page().find(".notice.warn")).containsText("Try again now");
            assertThat(overview.find(".verdict")).containsText("Not known: the server does not answer", withinLimit());
            stack.startAgain("2s");
            assertThat(overview.find(".verdict")).not().containsText("Not known", withinLimit());
        }
        insert("after-the-restart", 3);

        assertThat(stack.page().find(".feed")).containsText("after-the-restart", withinLimit());
        assertThat(stack.page().find(".feed-state")).containsText("Live", withinLimit());
        assertNothingIsMissing();
        stack.page().assertFaultless();
    }
}
