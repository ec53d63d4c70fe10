package dev.koda.checks.provider;

import java.net.URI;
import java.util.Objects;

/**
 * A provider and the key to try. Printing it shows no key.
 *
 * @param provider whose key it is
 * @param keyName what people call the key, such as {@code MISTRAL_API_KEY}; for messages
 * @param key the key
 * @param base where its API is; {@link Provider#base()} if nobody moved it
 */
public record ProviderOptions(Provider provider, String keyName, String key, URI base) {
    public ProviderOptions {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(keyName, "keyName");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(base, "base");
    }

    /** The provider at its own address. */
    public static ProviderOptions of(Provider provider, String keyName, String key) {
        return new ProviderOptions(provider, keyName, key, provider.base());
    }

    /** The same at another address, such as that of a gateway. */
    public ProviderOptions base(URI elsewhere) {
        return new ProviderOptions(provider, keyName, key, elsewhere);
    }

    @Override
    public String toString() {
        return "ProviderOptions[" + provider.id() + ", " + keyName + ", " + base.getHost() + "]";
    }
}
