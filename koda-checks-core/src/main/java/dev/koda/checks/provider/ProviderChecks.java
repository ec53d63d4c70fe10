package dev.koda.checks.provider;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpFetch;
import java.net.URI;
import java.time.Duration;

/** Makes the checks of providers' keys. */
public final class ProviderChecks {
    /** Keys change by hand and are revoked rarely: four times an hour is enough, and no burden for a provider. */
    public static final Duration EVERY = Duration.ofMinutes(15);

    /** Leaves the check's own I/O limit, which is 100 ms shorter, at 5 s. */
    private static final Duration FIVE_SECONDS_OF_IO = Duration.ofMillis(5100);

    /** Koda gives a provider 10 s, and asks several at a time. */
    static final Duration KODAS_OWN_LIMIT = Duration.ofSeconds(12);

    private ProviderChecks() {}

    /**
     * {@code provider.key} of one provider, asked directly: never a call that costs money.
     *
     * @throws IllegalArgumentException if the address is not an http or https URL
     */
    public static CheckSpec key(ProviderOptions options, HttpFetch http) {
        var line = options.provider().command(options.base(), options.keyName(), options.key());
        return key().instance(options.provider().id())
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new KeyCheck(options, http))
                .withCommand(line == null ? null : line.toString());
    }

    /**
     * {@code provider.key} of a provider's server that wants no key, such as Ollama on this host: does it answer?
     *
     * @throws IllegalArgumentException if the address is not an http or https URL
     */
    public static CheckSpec local(Provider provider, URI base, HttpFetch http) {
        return key().instance(provider.id())
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new LocalProviderCheck(provider, base, http));
    }

    /**
     * {@code provider.key} of all providers that are configured in a control plane of Koda, which holds the keys: its own
     * verification is asked, and notes down what it saw. Depends on {@code control-plane.reachable}, because the control
     * plane locks out an address that shows a wrong token five times a minute.
     *
     * @param controlPlane such as {@code http://127.0.0.1:8090}
     * @param token a bearer token of it
     */
    public static CheckSpec inKoda(URI controlPlane, String token, HttpFetch http) {
        return key().timeout(KODAS_OWN_LIMIT)
                .effects(Effects.WRITES)
                .dependsOn("control-plane.reachable")
                .run(new KodaKeysCheck(new KodaRoutes(controlPlane, token), http));
    }

    private static CheckSpec.Builder key() {
        return CheckSpec.of("provider.key")
                .documented()
                .title("Provider accepts its key")
                .in(Suite.DOCTOR)
                .every(EVERY)
                .everyWhenFailing(EVERY)
                .ttl(EVERY);
    }
}
