package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations page says where there is nothing to show, or not now, or not to this person. */
class PageStatesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int STREAMS_OF_A_SESSION = 5;
    private static final String API = "**/api/operations/**";
    private static final String ALL = "**/api/**";

    /** What moves without somebody having asked for it, as browsers count it. */
    private static final String SHIFTS = """
            window.shifts = 0;
            new PerformanceObserver(list => list.getEntries()
                .forEach(one => { if (!one.hadRecentInput) window.shifts += one.value; }))
                .observe({ type: 'layout-shift', buffered: true });
            """;

    @RegisterExtension
    static final StackInBrowser stack = new StackInBrowser();

    @BeforeAll
    static void start() {
        stack.start("12s");
    }

    private static Locator says(OperationsPage page, String text) {
        return page.page().getByText(text);
    }

    private static LocatorAssertions.IsVisibleOptions visibleInTime() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout((double) LIMIT.toMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "'', Nothing is verified yet, koda init",
        "?view=integrations, Nothing is verified yet, koda init",
        "?view=incidents, No integration is failing, Incidents that are over",
        "?view=audit&actor=nobody, No event matches, Show all events",
        "?view=checks&q=nothing-like-it, No check matches, Show all",
        "?view=integrations&q=nothing-like-it, No integration matches, Show all"
    })
    void whereNothingIsItSaysWhatToDoNext(String query, String title, String next) {
        var page = stack.page().go(query);
        assertThat(says(page, title).first()).isVisible();
        assertThat(says(page, next).first()).isVisible();
        page.assertFaultless();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    void nothingMovesWhileItLoads(int width) {
        var size = new Browser.NewContextOptions().setViewportSize(width, 900);
        try (var page = stack.signedIn(size)) {
            page.page().addInitScript(SHIFTS);
            page.page().route(API, PageStatesIT::slowly);
            for (var view : List.of("", "?view=integrations", "?view=checks", "?view=audit", "?view=incidents")) {
                page.go(view);
                assertThat(page.find(".loading").first()).isVisible();
                assertThat(page.find(".loading")).hasCount(0);
                assertThat(((Number) page.page().evaluate("window.shifts")).doubleValue())
                        .as("shifts of %s", view)
                        .isLessThanOrEqualTo(0.1);
            }
        }
    }

    private static void slowly(Route route) {
        if (!route.request().url().contains("/session")) {
            route.request().frame().page().waitForTimeout(100);
        }
        route.resume();
    }

    @Test
    void oldDataStaysWithItsAgeUntilTheServerAnswersAgain() {
        try (var page = stack.signedIn()) {
            page.page().clock().install();
            page.go("?view=incidents");
            assertThat(says(page, "No integration is failing")).isVisible();

            page.page().route(ALL, Route::abort);
            page.page().clock().fastForward(42_000);
            assertThat(page.find(".notice").first())
                    .containsText(Pattern.compile("Data 4\\d\\s?s old: The server cannot"));
            assertThat(says(page, "No integration is failing")).isVisible();
            page.go("");
            assertThat(page.heading("The server cannot be reached")).isVisible();

            page.page().unroute(ALL);
            page.page().clock().fastForward(10_000);
            assertThat(page.find(".verdict")).isVisible();
            assertThat(page.query()).isEqualTo("");
        }
    }

    @Test
    void whoseSessionEndsSignsInAgainAndGoesOnWhereHeWas() {
        try (var page = stack.signedIn().go("?view=checks&q=postgres")) {
            assertThat(page.find("koda-check").first()).isVisible();
            var elsewhere = page.page().context().newPage();
            elsewhere.navigate(stack.up().url("/operations"));
            elsewhere.getByText("Log out").click();
            assertThat(elsewhere.getByText("Sign in").first()).isVisible();

            page.button("Run now").click();
            assertThat(page.heading("You are signed out")).isVisible();
            assertThat(page.query()).isEqualTo("?view=checks&q=postgres");
            page.tryToSignIn("break-glass", stack.token());
            assertThat(page.heading("Checks")).isVisible();
            assertThat(page.find("input[type=search]")).hasValue("postgres");
            page.assertFaultless();
        }
    }

    /** A viewer whose page takes him for an admin: what it offers him is refused by the server, and it says so. */
    @Test
    void whatTheServerForbidsIsSaid() {
        var name = "w".repeat(100);
        try (var page = stack.open().signIn(name, stack.up().addOperator(name, "viewer"))) {
            page.page().setViewportSize(320, 800);
            assertThat(page.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            page.page().route("**/api/operations/session", route -> {
                var answer = route.fetch();
                route.fulfill(new Route.FulfillOptions()
                        .setResponse(answer)
                        .setBody(answer.text().replace("\"viewer\"", "\"admin\"")));
            });
            page.go("?view=audit");
            page.button("Verify chain").click();
            assertThat(page.find(".chain-found")).containsText("Not verified: ");
            assertThat(page.find(".chain-found")).containsText("operator");
            page.go("?view=incidents");
            page.page().getByLabel("What happened, now").fill("version 2");
            page.button("Add").click();
            assertThat(page.find("[role=alert]")).containsText("Not added. ");
            assertThat(page.find("[role=alert]")).containsText("operator");
            page.assertFaultless();
        }
    }

    @Test
    void withTooManyStreamsItSaysSoAndGoesOnByItselfWhenOneIsFree() throws IOException, InterruptedException {
        try (var page = stack.signedIn()) {
            var others = new ArrayDeque<InputStream>();
            var cookies = page.page().context().cookies().stream()
                    .map(cookie -> cookie.name + "=" + cookie.value)
                    .collect(Collectors.joining("; "));
            var client = HttpClient.newHttpClient();
            for (int i = 0; i < STREAMS_OF_A_SESSION; i++) {
                others.add(client.send(
                                HttpRequest.newBuilder(URI.create(stack.up().url("/api/operations/audit/stream")))
                                        .header("Cookie", cookies)
                                        .build(),
                                BodyHandlers.ofInputStream())
                        .body());
            }
            page.go("?view=audit");
            assertThat(page.find("[role=alert]"))
                    .containsText(Pattern.compile("Too many streams\\..* It is tried again by itself\\."));
            assertThat(page.find(".event-row").first()).isVisible();

            others.remove().close();
            assertThat(page.find(".feed-state")).containsText("Live", containedInTime());
            assertThat(page.find("[role=alert]")).hasCount(0);
            for (var other : others) {
                other.close();
            }
            page.assertFaultless();
        }
    }

    @Test
    void withoutTheStoreHistoryIsMissedAndTheOverviewIsLive() {
        try (var page = stack.signedIn()) {
            RealProcess.signal(stack.up().postmaster(), "KILL");
            page.go("?view=incidents");
            assertThat(says(page, "The operations store does not answer").first())
                    .isVisible();
            assertThat(says(page, "they are live on the overview").first()).isVisible();
            page.link("Overview").click();
            assertThat(page.find(".verdict")).containsText("Not ready", containedInTime());
            assertThat(says(page, "store down").first()).isVisible();

            assertThat(page.find(".verdict")).not().containsText("Not ready", containedInTime());
            page.press("5");
            assertThat(says(page, "No integration is failing")).isVisible(visibleInTime());
            page.assertFaultless();
        }
    }

    private static LocatorAssertions.ContainsTextOptions containedInTime() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) LIMIT.toMillis());
    }
}
