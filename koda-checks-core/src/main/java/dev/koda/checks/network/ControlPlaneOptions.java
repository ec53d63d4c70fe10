package dev.koda.checks.network;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the control plane is. Printing it shows no token.
 *
 * @param base such as {@code http://127.0.0.1:8090}; {@code /health} and {@code pingPath} are put after it
 * @param token the bearer token to try, or null to try none
 * @param pingPath a path that reads little, changes nothing and needs the token
 */
public record ControlPlaneOptions(URI base, @Nullable String token, String pingPath) {
    /** Koda's own self-diagnosis: a GET of it writes nothing. Its readiness route would add a row each time. */
    public static final String KODA_PING_PATH = "/api/control-plane/_diag/persistence";

    public ControlPlaneOptions {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(pingPath, "pingPath");
        HttpTarget.get(base);
    }

    /** A control plane of Koda, reached without a token. */
    public static ControlPlaneOptions of(URI base) {
        return new ControlPlaneOptions(base, null, KODA_PING_PATH);
    }

    /** The same with a token to try. */
    public ControlPlaneOptions token(String value) {
        return new ControlPlaneOptions(base, value, pingPath);
    }

    /** The same with another path to try the token on. */
    public ControlPlaneOptions pingPath(String path) {
        return new ControlPlaneOptions(base, token, path);
    }

    /** What it knows of itself, its workers and its sidecars. */
    public URI healthUrl() {
        return below("/health");
    }

    /** How far it is set up; open to everybody. */
    public URI onboardingUrl() {
        return below("/api/control-plane/onboarding/status");
    }

    URI pingUrl() {
        return below(pingPath);
    }

    private URI below(String path) {
        var text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    @Override
    public String toString() {
        return "ControlPlaneOptions[base=" + HttpFetch.shown(base) + ", token=" + (token == null ? "none" : "***")
                + "]";
    }
}
