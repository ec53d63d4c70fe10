package dev.koda.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Somebody who has a keyboard and nothing else, and uses each view of the operations page. */
final class KeyboardWalk {
    private static final int MOST_STOPS = 40;

    private final OperationsPage page;

    KeyboardWalk(OperationsPage page) {
        this.page = page;
    }

    void signIn(String name, String token) {
        tabTo("input[name=name]");
        type(name);
        page.press("Tab");
        type(token);
        page.press("Enter");
        assertThat(page.find(".causes koda-check").first()).isVisible();
    }

    /** Opens and closes what needs attention, and runs the doctor. */
    void overview() {
        page.press("1", "j", "Enter");
        assertThat(page.find(".causes .facts")).hasCount(1);
        page.press("Enter");
        assertThat(page.find(".causes .facts")).hasCount(0);
        page.page().waitForResponse("**/api/operations/doctor", () -> page.press("v"));
        assertThat(page.button("Run now")).isEnabled();
    }

    /** Opens the one integration, verifies it, and follows one of its bars. */
    void integrations() {
        page.press("2");
        assertThat(page.find(".int-row")).hasCount(1);
        page.press("j", "Enter");
        assertThat(page.find("dialog h2")).isVisible();
        page.press("Escape");
        assertThat(page.find(".int-name")).isFocused();
        page.press("v");
        assertThat(page.find(".int-row [role=status], .int-row [role=alert]")).isVisible();
        page.press("Tab", "ArrowLeft");
        assertThat(page.find(".bar-tip")).isVisible();
        page.press("Enter");
        assertThat(page.find("dialog")).containsText("Verifications from");
        page.press("Escape");
        assertThat(page.find(".int-row .bars-place")).isFocused();
    }

    /** Looks for a check and opens it. */
    void checks(String id) {
        page.press("3");
        assertThat(page.find("koda-check").first()).isVisible();
        page.press("/");
        type(id);
        assertThat(page.find("koda-check")).hasCount(1);
        page.press("Tab", "j", "Enter");
        assertThat(page.find("koda-check .facts")).isVisible();
    }

    /** Pauses the feed, goes on, and opens its second event. */
    void audit() {
        page.press("4");
        assertThat(page.find(".feed-state")).containsText("Live");
        page.press("p");
        assertThat(page.find(".feed-state")).containsText("Paused");
        page.press("p");
        assertThat(page.find(".feed-state")).containsText("Live");
        var row = page.find(".feed [data-row]").nth(1);
        assertThat(row).isVisible();
        page.press("j", "j");
        assertThat(row).isFocused();
        page.press("Enter");
        assertThat(page.find("dialog .json")).isVisible();
        page.press("Escape");
        assertThat(page.find("dialog")).hasCount(0);
        assertThat(row).isFocused();
    }

    /** Notes something. */
    void incidents() {
        page.press("5");
        tabTo(".note-form input");
        type("noted by keys");
        page.press("Enter");
        assertThat(page.find("koda-incidents")).containsText("noted by keys");
    }

    void help() {
        page.press("Tab", "Tab", "?");
        assertThat(page.heading("Keys")).isVisible();
        page.press("Escape");
        assertThat(page.heading("Keys")).hasCount(0);
    }

    private void type(String text) {
        page.page().keyboard().type(text);
    }

    /** Presses Tab until what is looked for has the focus. */
    private void tabTo(String selector) {
        assertThat(page.find(selector)).isVisible();
        for (int i = 0; i < MOST_STOPS && !hasFocus(selector); i++) {
            page.press("Tab");
        }
        assertThat(page.find(selector)).isFocused();
    }

    private boolean hasFocus(String selector) {
        return Boolean.TRUE.equals(page.page().evaluate("one => document.activeElement.matches(one)", selector));
    }
}
