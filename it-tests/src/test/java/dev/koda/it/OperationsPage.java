package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;

/** The operations page in a browser, and what went wrong in it. */
final class OperationsPage implements AutoCloseable {
    private final String server;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    OperationsPage(String server, BrowserContext context) {
        this.server = server;
        this.context = context;
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // What the server refuses is written there by the browser itself; the page has to cope with it.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                faults.add(message.text());
            }
        });
        page.onPageError(faults::add);
    }

    /** Goes to an address below the page, such as {@code ?view=checks}. */
    OperationsPage go(String rest) {
        page.navigate(server + "/operations" + rest);
        return this;
    }

    /** Goes there and signs in with a name and a token. */
    OperationsPage signIn(String name, String token) {
        go("");
        tryToSignIn(name, token);
        heading("Overview").waitFor();
        return this;
    }

    /** What a browser needs to be signed in as this one is. */
    String signedInState() {
        return context.storageState();
    }

    void tryToSignIn(String name, String token) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Token").fill(token);
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, named(name));
    }

    Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, named(name).setExact(true));
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    Page page() {
        return page;
    }

    void press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
    }

    /** The query of the address. */
    String query() {
        return (String) page.evaluate("location.search");
    }

    /** What axe finds against WCAG 2.2 AA and its own good practice. */
    List<String> accessibilityFaults() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(found -> found.getId() + " (" + found.getHelp() + ") at "
                                + found.getNodes().get(0).getTarget() + " in "
                                + found.getNodes().size() + " places")
                        .toList();
    }

    /** Fails if a script failed, or something was against the policy. */
    void assertFaultless() {
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
