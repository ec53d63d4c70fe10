package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.settings.Secret;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A provider or another service that a server verifies again and again.
 *
 * @param id the check that verifies it
 * @param kind {@code provider}, or the kind of the check in koda.yaml
 * @param name for people
 * @param origin where it is declared: {@code settings}, {@code koda.yaml} or {@code koda}
 * @param every how often it is verified
 * @param credential what is shown to it, or null if that is nothing, or not known here
 * @param configuration all that decides what is asked and expected, in words of our own, without secrets: for telling one
 *     from another, and not to be shown
 */
public record Integration(
        CheckId id,
        String kind,
        String name,
        String origin,
        Duration every,
        @Nullable Secret credential,
        String configuration) {
    public Integration {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(every, "every");
        Objects.requireNonNull(configuration, "configuration");
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
