package dev.koda.checks.provider;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpFetch;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a check of each thing that is configured in a control plane of Koda, which holds its credentials: its own
 * verification is asked. Not for the doctor, whose {@code provider.key} sums all providers up. Immutable.
 */
public final class KodaVerifications {
    private final KodaRoutes routes;
    private final HttpFetch http;

    private KodaVerifications(KodaRoutes routes, HttpFetch http) {
        this.routes = routes;
        this.http = http;
    }

    /**
     * Of the control plane at this address.
     *
     * @param token a bearer token of it
     * @throws IllegalArgumentException if the address is not an http or https URL
     */
    public static KodaVerifications of(URI controlPlane, String token, HttpFetch http) {
        return new KodaVerifications(new KodaRoutes(controlPlane, token), http);
    }

    /** Does a provider accept its key? Empty for one that Koda cannot verify. */
    public Optional<CheckSpec> provider(String id) {
        return Provider.of(id)
                .map(provider -> spec(new CheckId("provider.key", id), "Provider accepts its key")
                        .run(context -> new KodaVerification(provider, routes, http).run(context)));
    }

    /**
     * Does a connection work?
     *
     * @param agent whose it is; null for one of all agents
     * @param key Koda's own name of it, such as {@code core:git}
     */
    public CheckSpec connection(CheckId id, @Nullable String agent, String key) {
        return spec(id, "Connection works")
                .run(new KodaConnectionCheck(routes.connectionVerification(agent, key), key, http));
    }

    private static CheckSpec.Builder spec(CheckId id, String title) {
        var builder = CheckSpec.of(id.name());
        var instance = id.instance();
        return (instance == null ? builder : builder.instance(instance))
                .title(title)
                .in(Suite.DOCTOR)
                .effects(Effects.WRITES)
                .timeout(ProviderChecks.KODAS_OWN_LIMIT)
                .every(ProviderChecks.EVERY)
                .ttl(ProviderChecks.EVERY);
    }

    /** The address, and no token. */
    @Override
    public String toString() {
        return routes.toString();
    }
}
