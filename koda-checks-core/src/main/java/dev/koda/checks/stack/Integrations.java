package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.provider.KodaVerifications;
import dev.koda.checks.settings.CustomCheck;
import dev.koda.checks.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a server verifies, as its stack finds it. Thread-safe. */
public final class Integrations {
    /** What is looked at more often is verified as often as this, so that its history stays small. */
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private final List<Integration> all = new CopyOnWriteArrayList<>();
    private volatile @Nullable KodaVerifications inKoda;

    private Integrations() {}

    /** None yet. */
    public static Integrations none() {
        return new Integrations();
    }

    /** One more, by whoever composes checks of his own. */
    public void add(Integration integration) {
        all.add(Objects.requireNonNull(integration, "integration"));
    }

    /** Those that there are now. */
    public List<Integration> all() {
        return List.copyOf(all);
    }

    /** What is configured in Koda is verified with these. */
    public void verifiedBy(KodaVerifications verifications) {
        inKoda = Objects.requireNonNull(verifications, "verifications");
    }

    /** With what that is verified which is configured in Koda; empty if its control plane cannot be asked. */
    public Optional<KodaVerifications> inKoda() {
        return Optional.ofNullable(inKoda);
    }

    /** The key of a provider. */
    void addProvider(CheckSpec spec, String provider, String origin, @Nullable URI base, @Nullable String key) {
        add(new Integration(
                spec.id(),
                "provider",
                provider,
                origin,
                spec.every(),
                key == null ? null : Secret.of(key),
                "provider " + provider + " " + (base == null ? "" : CommandLines.bare(base))));
    }

    /** What a check of koda.yaml asks, if that is another service. */
    void addCustom(CheckSpec spec, CustomCheck custom) {
        var parts = IntegrationParts.of(custom.kind());
        if (parts == null) {
            return;
        }
        var configuration = Stream.of(
                        custom.kind().key(),
                        parts.configuration(),
                        String.valueOf(custom.warn()),
                        String.valueOf(custom.fail()),
                        spec.timeout().toString())
                .collect(Collectors.joining("\n"));
        add(new Integration(
                spec.id(),
                custom.kind().key(),
                spec.title(),
                "koda.yaml",
                spec.every().compareTo(SHORTEST) < 0 ? SHORTEST : spec.every(),
                parts.credential().isEmpty() ? null : Secret.of(parts.credential()),
                configuration));
    }
}
