package dev.koda.checks.provider;

import dev.koda.checks.network.HttpRequest;
import dev.koda.checks.network.HttpTarget;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of Koda's control plane that know its providers. Prints no token. */
final class KodaRoutes {
    private static final String PREFIX = "/api/control-plane";

    private final String base;
    private final String token;

    KodaRoutes(URI base, String token) {
        var text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.token = token;
        HttpTarget.get(base);
    }

    /** Which providers are configured; open to everybody. */
    HttpTarget overview() {
        return target("/onboarding/status");
    }

    /** How one is configured; reads only. */
    HttpTarget connection(String provider) {
        return target("/providers/" + provider + "/connection").bearer(token);
    }

    /** Verifies one. */
    HttpTarget verification(String provider) {
        return told("/providers/" + provider + "/connection/verify");
    }

    /**
     * Verifies a connection.
     *
     * @param agent whose it is; null for one of all agents
     */
    HttpTarget connectionVerification(@Nullable String agent, String key) {
        var of = agent == null ? "/connections/defaults/" : "/agents/" + encoded(agent) + "/connections/";
        return told(of + encoded(key) + "/verify");
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpTarget told(String path) {
        return target(path)
                .bearer(token)
                .sending(new HttpRequest("POST", Map.of("Content-Type", "application/json"), "{}"));
    }

    private HttpTarget target(String path) {
        return HttpTarget.get(URI.create(base + PREFIX + path));
    }

    @Override
    public String toString() {
        return base;
    }
}
