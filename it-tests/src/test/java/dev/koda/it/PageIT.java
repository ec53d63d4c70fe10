package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations page of a running {@code koda up} in a real browser: coming in, and the frame that all views have. */
class PageIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/operations#login=\\S+");

    private static final Pattern TOKEN = Pattern.compile("koda_op_\\S+");

    /** Every view with what its heading says. */
    private static final Map<String, String> VIEWS = Map.of(
            "", "Overview",
            "?view=integrations", "Integrations",
            "?view=checks", "Checks",
            "?view=audit", "Audit events",
            "?view=incidents", "Incidents");

    @RegisterExtension
    static final StackInBrowser stack = new StackInBrowser();

    @BeforeAll
    static void start() {
        stack.start("2s");
    }

    @Test
    void upPrintsALinkThatLogsInOnce() {
        var link = LINK.matcher(stack.up().process().output());
        assertThat(link.find()).isTrue();
        var made = LINK.matcher(stack.sandbox()
                .koda("login-link", "--env-file", stack.up().envFile().toString())
                .awaitOutput(LINK.pattern(), LIMIT));
        assertThat(made.find()).isTrue();
        var fragment = made.group().substring(made.group().indexOf('#'));

        try (var first = stack.open().go(fragment);
                var second = stack.open()) {
            assertThat(first.heading("Overview")).isAttached();
            assertThat(first.page().url()).doesNotContain("login");
            second.go(fragment);
            assertThat(second.find("[role=alert]")).containsText("login link");
        }
    }

    @Test
    void aWrongTokenIsRefusedInWordsAndTooManyAreHeldOff() {
        try (var page = stack.open().go("?view=checks")) {
            page.tryToSignIn("mallory", "wrong-token");
            assertThat(page.find("[role=alert]")).containsText("do not belong together");
            for (int i = 0; i < 5; i++) {
                page.tryToSignIn("mallory", "wrong-token-" + i);
                assertThat(page.button("Sign in")).isEnabled();
            }
            assertThat(page.find("[role=alert]")).containsText("Try again in");

            page.tryToSignIn("break-glass", stack.token());
            assertThat(page.heading("Checks")).isVisible();
            page.button("Log out").click();
            assertThat(page.heading("Sign in")).isVisible();
            page.assertFaultless();
        }
    }

    @Test
    void aViewerSeesNoButtonThatHeMayNotPress() {
        var added = stack.sandbox()
                .koda(
                        "operators",
                        "add",
                        "vera",
                        "--role",
                        "viewer",
                        "--env-file",
                        stack.up().envFile().toString())
                .awaitOutput("koda_op_\\S+", LIMIT);
        var token = TOKEN.matcher(added);
        assertThat(token.find()).isTrue();

        try (var page = stack.open().signIn("vera", token.group())) {
            assertThat(page.find(".who")).containsText("viewer");
            page.go("?view=audit");
            assertThat(page.find(".feed-state")).containsText("Live");
            assertThat(page.button("Verify chain")).hasCount(0);
            assertThat(page.link("Export")).hasCount(0);
            page.go("?view=incidents");
            assertThat(page.heading("Incidents")).isVisible();
            assertThat(page.button("Add")).hasCount(0);
            page.assertFaultless();
        }
    }

    @Test
    void theChecksAreThoseOfTheApi() {
        stack.page().go("?view=checks");
        assertThat(stack.page().heading("Checks")).isVisible();
        Within.limit(LIMIT, "page and API say the same", () -> ofApi().equals(ofPage()));
    }

    /** Which status each check has, by its name. */
    private static Map<String, String> ofApi() {
        var report = RunningStack.json(stack.up().doctor("?cached=true").text());
        var all = new TreeMap<String, String>();
        for (var check : report.path("checks")) {
            var instance = check.path("instance").asText();
            var name = check.path("id").asText() + (instance.isEmpty() ? "" : "[" + instance + "]");
            all.put(name, check.path("status").asText());
        }
        return all;
    }

    private static Map<String, String> ofPage() {
        var all = new TreeMap<String, String>();
        for (var row : stack.page().find("koda-check details").all()) {
            var status = row.getAttribute("class").replace("check ", "");
            all.put(row.getAttribute("data-check"), status.equals("not_run") ? "warn" : status);
        }
        return all;
    }

    @Test
    void agesAreByTheClockOfTheServer() {
        try (var page = stack.open()) {
            page.page().addInitScript("Date.now = (now => () => now() + 7_200_000)(Date.now)");
            page.signIn("break-glass", stack.token());

            assertThat(page.find(".verdict")).containsText(Pattern.compile("ran (just now|\\d+ s ago)"));
            page.assertFaultless();
        }
    }

    @Test
    void theRunbooksAreWhereTheLinksLead() {
        stack.page().go("");
        assertThat(stack.page().find(".verdict")).isVisible();
        stack.page().link("Runbooks").click();
        stack.page().link("KodaPostgresDown").click();

        assertThat(stack.page().page().getByText("# KodaPostgresDown")).isVisible();
        stack.page().assertFaultless();
    }

    @Test
    void theAddressKeepsWhatIsShown() {
        stack.page().go("?view=checks");
        stack.page().find("input[type=search]").fill("postgres.version");
        assertThat(stack.page().find("koda-check")).hasCount(1);
        stack.page().find("koda-check summary").click();
        assertThat(stack.page().find("koda-check .facts")).isVisible();

        stack.page().page().reload();
        assertThat(stack.page().find("koda-check .facts")).isVisible();
        assertThat(stack.page().query()).contains("view=checks", "q=postgres.version", "open=postgres.version");
        stack.page().link("Overview").click();
        assertThat(stack.page().find("koda-overview")).isAttached();
        stack.page().page().goBack();
        assertThat(stack.page().find("koda-check")).hasCount(1);
        stack.page().assertFaultless();
    }

    @Test
    void everythingIsReachedByKeys() {
        stack.page().go("");
        assertThat(stack.page().heading("Overview")).isAttached();
        stack.page().press("3");
        assertThat(stack.page().heading("Checks")).isVisible();
        assertThat(stack.page().find("koda-check").first()).isVisible();
        stack.page().press("j", "j", "k", "Enter");
        assertThat(stack.page().find("koda-check .facts")).hasCount(1);
        stack.page().press("/");
        stack.page().page().keyboard().type("disk");
        assertThat(stack.page().find("koda-check summary").first())
                .containsText(Pattern.compile("disk|volume", Pattern.CASE_INSENSITIVE));
        stack.page().press("Tab", "?");
        assertThat(stack.page().heading("Keys")).isVisible();
        stack.page().press("Escape");
        assertThat(stack.page().heading("Keys")).isHidden();
        stack.page().assertFaultless();
    }

    private static Stream<Arguments> viewsInBothSchemes() {
        return VIEWS.entrySet().stream()
                .flatMap(view -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .map(scheme -> Arguments.of(view.getKey(), view.getValue(), scheme)));
    }

    @ParameterizedTest
    @MethodSource("viewsInBothSchemes")
    void nothingKeepsAnybodyOut(String query, String heading, ColorScheme scheme) {
        stack.page().page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        stack.page().go(query);
        assertThat(stack.page().heading(heading)).isAttached();
        assertThat(stack.page().find(".loading")).hasCount(0);

        assertThat(stack.page().accessibilityFaults()).isEmpty();
        for (int width : new int[] {320, 390, 1440, 2560}) {
            stack.page().page().setViewportSize(width, 900);
            assertThat(stack.page().page().evaluate("document.documentElement.scrollWidth - innerWidth <= 0"))
                    .as("no scroll bar at %d px", width)
                    .isEqualTo(true);
        }
        stack.page().assertFaultless();
    }

    @Test
    void aPhoneAndAReaderWithoutMotionGetItToo() {
        var phone = new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setHasTouch(true)
                .setReducedMotion(ReducedMotion.REDUCE);
        try (var page = stack.signedIn(phone)) {
            page.link("Checks").first().click();
            assertThat(page.heading("Checks")).isVisible();
            page.assertFaultless();
        }
    }
}
