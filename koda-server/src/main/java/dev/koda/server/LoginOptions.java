package dev.koda.server;

import dev.koda.checks.settings.Secret;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people log in to the operations surface.
 *
 * @param secret what their sessions are sealed with; null for one that ends with the process
 * @param origins where a browser may reach our page, such as {@code https://koda.example.com}
 */
public record LoginOptions(@Nullable Secret secret, Set<String> origins) {
    public LoginOptions {
        origins = Set.copyOf(origins);
    }

    /** With sessions that end with the process, at the address that the server itself has. */
    public static LoginOptions none() {
        return new LoginOptions(null, Set.of());
    }
}
