package dev.koda.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Debian's Chromium for a test class. Belongs to the thread of the class. */
final class Chromium implements BeforeAllCallback, AfterAllCallback {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /** Long enough for a machine that has much else to do; what is there is not waited for. */
    private static final int LIMIT_MS = 30_000;

    private final List<OperationsPage> open = new ArrayList<>();
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        open.forEach(OperationsPage::close);
        Objects.requireNonNull(browser).close();
        Objects.requireNonNull(playwright).close();
    }

    /** A window of somebody whom nobody knows yet, on the operations page of the server at this address. */
    OperationsPage open(String server) {
        return open(server, new Browser.NewContextOptions());
    }

    /** The same, as the options say. */
    OperationsPage open(String server, Browser.NewContextOptions options) {
        var context = Objects.requireNonNull(browser).newContext(options.setTimezoneId("Europe/Berlin"));
        var page = new OperationsPage(server, context);
        open.add(page);
        return page;
    }
}
