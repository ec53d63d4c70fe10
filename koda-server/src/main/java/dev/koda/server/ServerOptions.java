package dev.koda.server;

import dev.koda.checks.Service;
import dev.koda.dashboard.StateOptions;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.limits.RateLimits;
import dev.koda.dashboard.page.PageLinks;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens and ends. Immutable; start from {@link #loopback} and change what differs.
 *
 * @param host the address to bind
 * @param port 0 for any free one
 * @param service what the reports are about
 * @param tokens who may use the operations API, and scrape from afar
 * @param proxies whose word about the client's address counts
 * @param withReasons whether the anonymous readiness body names reasons
 * @param drainDelay how long to go on serving after readiness says 503, until load balancers have noticed
 * @param exitWithin the longest time from the signal to the end of the process
 * @param login how people log in
 * @param rates how often one client may ask the operations API
 * @param cursors for places in listings of the operations API
 * @param state where the operations surface keeps what it remembers; null if it remembers nothing
 * @param showsPlatform whether {@code /metrics} has the metrics of a Koda
 * @param links where the operations page leads beyond itself
 */
public record ServerOptions(
        String host,
        int port,
        Service service,
        BearerTokens tokens,
        TrustedProxies proxies,
        boolean withReasons,
        Duration drainDelay,
        Duration exitWithin,
        LoginOptions login,
        RateLimits rates,
        Cursors cursors,
        @Nullable StateOptions state,
        boolean showsPlatform,
        PageLinks links) {
    /** Koda's own port for health, readiness and metrics. */
    public static final int DEFAULT_PORT = 8090;

    public ServerOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(proxies, "proxies");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(rates, "rates");
        Objects.requireNonNull(cursors, "cursors");
        Objects.requireNonNull(links, "links");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (drainDelay.isNegative() || drainDelay.compareTo(exitWithin) >= 0) {
            throw new IllegalArgumentException("the drain delay must be 0 or more and shorter than "
                    + exitWithin.toSeconds() + " s, in which the process ends; it is " + drainDelay.toSeconds() + " s");
        }
    }

    /** On 127.0.0.1, without tokens, proxies and a memory, with reasons, a drain of 5 s and an end within 30 s. */
    public static ServerOptions loopback(int port, Service service) {
        return new ServerOptions(
                "127.0.0.1",
                port,
                service,
                BearerTokens.none(),
                TrustedProxies.none(),
                true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                LoginOptions.none(),
                RateLimits.usual(),
                Cursors.ofThisProcess(),
                null,
                false,
                PageLinks.none());
    }

    /** Bound to another address. */
    public ServerOptions host(String address) {
        return with(draft -> draft.host = address);
    }

    /** With these tokens. */
    public ServerOptions tokens(BearerTokens accepted) {
        return with(draft -> draft.tokens = accepted);
    }

    /** Behind these proxies. */
    public ServerOptions proxies(TrustedProxies trusted) {
        return with(draft -> draft.proxies = trusted);
    }

    /** With a readiness body that tells strangers the status only. */
    public ServerOptions withoutReasons() {
        return with(draft -> draft.withReasons = false);
    }

    /** Serves on for this long after readiness says 503. */
    public ServerOptions drainDelay(Duration delay) {
        return with(draft -> draft.drainDelay = delay);
    }

    /** With this login. */
    public ServerOptions login(LoginOptions options) {
        return with(draft -> draft.login = options);
    }

    /** With other limits of how often one client may ask. */
    public ServerOptions rates(RateLimits limits) {
        return with(draft -> draft.rates = limits);
    }

    /** With a memory of the operations surface. */
    public ServerOptions state(@Nullable StateOptions options) {
        return with(draft -> draft.state = options);
    }

    /** With cursors that outlive the process. */
    public ServerOptions cursors(Cursors signed) {
        return with(draft -> draft.cursors = signed);
    }

    /** With the metrics of a Koda. */
    public ServerOptions platform(boolean isShown) {
        return with(draft -> draft.showsPlatform = isShown);
    }

    /** With a page that leads there. */
    public ServerOptions links(PageLinks beyond) {
        return with(draft -> draft.links = beyond);
    }

    private ServerOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The options that come next: a change names what differs, and nothing else. */
    private static final class Draft {
        private String host;
        private int port;
        private Service service;
        private BearerTokens tokens;
        private TrustedProxies proxies;
        private boolean withReasons;
        private Duration drainDelay;
        private Duration exitWithin;
        private LoginOptions login;
        private RateLimits rates;
        private Cursors cursors;
        private @Nullable StateOptions state;
        private boolean showsPlatform;
        private PageLinks links;

        Draft(ServerOptions from) {
            host = from.host;
            port = from.port;
            service = from.service;
            tokens = from.tokens;
            proxies = from.proxies;
            withReasons = from.withReasons;
            drainDelay = from.drainDelay;
            exitWithin = from.exitWithin;
            login = from.login;
            rates = from.rates;
            cursors = from.cursors;
            state = from.state;
            showsPlatform = from.showsPlatform;
            links = from.links;
        }

        ServerOptions options() {
            return new ServerOptions(
                    host,
                    port,
                    service,
                    tokens,
                    proxies,
                    withReasons,
                    drainDelay,
                    exitWithin,
                    login,
                    rates,
                    cursors,
                    state,
                    showsPlatform,
                    links);
        }
    }
}
