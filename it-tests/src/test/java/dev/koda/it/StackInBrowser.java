package dev.koda.it;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@code koda up} and Debian's Chromium for a test class, with a window in which break-glass is signed in. Both end with the
 * class. Belongs to the thread of the class.
 */
final class StackInBrowser implements BeforeAllCallback, AfterAllCallback {
    private final KodaSandbox sandbox = new KodaSandbox();
    private final Chromium chromium = new Chromium();
    private @Nullable RunningStack running;
    private @Nullable OperationsPage page;

    @Override
    public void beforeAll(ExtensionContext context) {
        sandbox.beforeAll(context);
        chromium.beforeAll(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        chromium.afterAll(context);
        sandbox.afterAll(context);
    }

    /** Starts the stack, whose parts are restarted after this delay, and signs in. */
    void start(String restartDelay) {
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), restartDelay);
        page = signedIn();
    }

    /** The same with this {@code koda.yaml}. */
    void start(String restartDelay, String kodaYaml) {
        try {
            Files.writeString(sandbox.root().resolve("koda.yaml"), kodaYaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(restartDelay);
    }

    /** Starts it once more after its end, on the port that it had. */
    void startAgain(String restartDelay) {
        var again = RunningStack.start(sandbox, sandbox.root().resolve("stack"), up().port(), restartDelay);
        again.awaitUp();
        running = again;
    }

    KodaSandbox sandbox() {
        return sandbox;
    }

    RunningStack up() {
        return Objects.requireNonNull(running);
    }

    /** The window of break-glass that all tests of the class share. */
    OperationsPage page() {
        return Objects.requireNonNull(page);
    }

    /** A window of somebody whom nobody knows yet. */
    OperationsPage open() {
        return open(new Browser.NewContextOptions());
    }

    /** The same, as the options say. */
    OperationsPage open(Browser.NewContextOptions options) {
        return chromium.open(up().url(""), options);
    }

    /** Another window of break-glass. */
    OperationsPage signedIn() {
        return signedIn(new Browser.NewContextOptions());
    }

    /** The same, as the options say. */
    OperationsPage signedIn(Browser.NewContextOptions options) {
        return open(options).signIn("break-glass", token());
    }

    /** The token of break-glass. */
    String token() {
        return up().setting("CONTROL_PLANE_API_TOKEN");
    }
}
