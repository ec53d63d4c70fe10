package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What opens on the operations page keeps nobody out: drawers, checks, help, forms and the way in. */
class PageForEverybodyIT {

    /** Longer than it takes until an integration is verified by itself. */
    private static final int VERIFIED_MS = 60_000;

    private static final Map<String, Consumer<OperationsPage>> PARTS = Map.of(
            "an event", PageForEverybodyIT::event,
            "an integration at a bar", PageForEverybodyIT::integration,
            "a check that fails", PageForEverybodyIT::check,
            "help", PageForEverybodyIT::help,
            "a note that was refused", PageForEverybodyIT::note);

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
                    http: {url: "%s", headers: {Authorization: Bearer another key}}
                """.formatted(provider.url()));
    }

    @AfterAll
    static void end() {
        Objects.requireNonNull(provider).close();
    }

    private static void event(OperationsPage page) {
        page.go("?view=audit");
        page.find(".event-row [data-row]").first().click();
        assertThat(page.find("dialog .json")).isVisible();
        assertThat(page.find("dialog .loading")).hasCount(0);
    }

    private static void integration(OperationsPage page) {
        page.go("?view=integrations");
        var place = page.find(".int-row .bars-place");
        place.focus();
        page.press("End", "Enter");
        assertThat(page.find("dialog")).containsText("Verifications from");
        assertThat(page.find("dialog [aria-label=Verifications] td").first()).isVisible();
    }

    private static void check(OperationsPage page) {
        page.go("?view=checks&status=fail&open=custom.billing");
        assertThat(page.find("koda-check .facts")).isVisible();
        assertThat(page.find("koda-check [aria-label^=Loading]")).hasCount(0);
    }

    private static void help(OperationsPage page) {
        page.go("");
        assertThat(page.heading("Overview")).isAttached();
        page.press("?");
        assertThat(page.heading("Keys")).isVisible();
    }

    private static void note(OperationsPage page) {
        page.go("?view=incidents");
        page.page().route("**/api/operations/annotations", route -> {
            if (route.request().method().equals("POST")) {
                route.abort();
            } else {
                route.resume();
            }
        });
        page.page().getByLabel("What happened, now").fill("version 2");
        page.button("Add").click();
        assertThat(page.find("[role=alert]")).containsText("Not added");
        page.page().unroute("**/api/operations/annotations");
    }

    private static Stream<String> parts() {
        return PARTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void nothingThatOpensKeepsAnybodyOut(String part) {
        Objects.requireNonNull(PARTS.get(part)).accept(stack.page());
        assertKeepsNobodyOut(stack.page());
        stack.page().page().setViewportSize(320, 900);
        assertThat(stack.page().page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        stack.page().page().setViewportSize(1280, 720);
        stack.page().assertFaultless();
    }

    @Test
    void theWayInKeepsNobodyOut() {
        try (var page = stack.open().go("?view=audit")) {
            assertThat(page.heading("Sign in")).isVisible();
            assertKeepsNobodyOut(page);
            page.tryToSignIn("mallory", "wrong-token");
            assertThat(page.find("[role=alert]")).containsText("do not belong together");
            assertKeepsNobodyOut(page);
        }
    }

    private static void assertKeepsNobodyOut(OperationsPage page) {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertThat(page.accessibilityFaults()).as("in %s", scheme).isEmpty();
        }
    }

    /** With the colours of the system all is still told apart: what is chosen, what is wrong, and where the focus is. */
    @Test
    void theColoursOfTheSystemHideNothing() {
        var forced = new Browser.NewContextOptions().setForcedColors(ForcedColors.ACTIVE);
        try (var page = stack.signedIn(forced)) {
            assertThat(page.find(".causes .mark.fail").first()).isVisible();
            assertThat(Stream.of("pass", "fail")
                            .map(status -> style(page, ".areas .mark." + status, "fill"))
                            .toList())
                    .doesNotHaveDuplicates()
                    .doesNotContain("none", style(page, "body", "background-color"));
            assertThat(style(page, "nav [aria-current=page]", "border-top-color"))
                    .isNotEqualTo(style(page, "nav [aria-current=false]", "border-top-color"));

            page.go("?view=integrations");
            page.find(".int-row button").click();
            assertThat(page.find(".bars .fail"))
                    .isAttached(new LocatorAssertions.IsAttachedOptions().setTimeout(VERIFIED_MS));
            assertThat(style(page, ".bars .fail", "fill")).isNotEqualTo(style(page, "body", "background-color"));
            assertThat(page.page()
                            .evaluate("document.querySelector('.bars .fail').getBBox().height"
                                    + " > 2 * document.querySelector('.bars .unknown').getBBox().height"))
                    .isEqualTo(true);
            assertThat(style(page, ".range [aria-pressed=true]", "background-color"))
                    .isNotEqualTo(style(page, ".range [aria-pressed=false]", "background-color"));
            assertThat(style(page, ".chip[aria-pressed=true]", "border-color"))
                    .isNotEqualTo(style(page, ".chip[aria-pressed=false]", "border-color"));
            page.press("j");
            assertThat(style(page, ":focus", "outline-style")).isEqualTo("solid");
            assertThat(style(page, ":focus", "outline-color")).isNotEqualTo(style(page, "body", "background-color"));
            assertThat(page.accessibilityFaults()).isEmpty();

            page.go("?view=checks&open=custom.billing");
            // A day in quarters of an hour, of which little is known.
            assertThat(page.find(".strip .unknown").nth(90)).isAttached();
            assertThat(style(page, ".strip .unknown", "fill"))
                    .isNotEqualTo(style(page, "body", "background-color"))
                    .isNotEqualTo(style(page, ".strip .fail", "fill"));
        }
    }

    private static Object style(OperationsPage page, String selector, String property) {
        return page.page()
                .evaluate(
                        "([one, name]) => getComputedStyle(document.querySelector(one)).getPropertyValue(name)",
                        List.of(selector, property));
    }

    @Test
    void everyViewIsReachedAndUsedByKeysAlone() {
        try (var page = stack.open().go("")) {
            var keyboard = new KeyboardWalk(page);
            keyboard.signIn("break-glass", stack.token());
            keyboard.overview();
            keyboard.integrations();
            keyboard.checks("custom.billing");
            keyboard.audit();
            keyboard.incidents();
            keyboard.help();
            page.assertFaultless();
        }
    }
}
