package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.provider.KodaVerifications;
import dev.koda.checks.provider.Provider;
import dev.koda.checks.provider.ProviderChecks;
import dev.koda.checks.provider.ProviderOptions;
import dev.koda.checks.settings.ProviderSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of model providers: Koda's own, where its control plane can be asked, else those in the settings. */
final class ProviderPart {
    private static final String ID = "provider.key";

    private final Settings settings;
    private final StackClients clients;
    private final Integrations integrations;

    ProviderPart(Settings settings, StackClients clients, Integrations integrations) {
        this.settings = settings;
        this.clients = clients;
        this.integrations = integrations;
    }

    void addTo(Composition composition) {
        if (settings.stack() == StackKind.EMBEDDED) {
            composition.skip("the embedded stack uses no provider", ID);
            return;
        }
        var controlPlane = new ControlPlane(settings);
        var token = controlPlane.token();
        if (settings.stack() == StackKind.KODA && token.isPresent()) {
            var malformed = controlPlane.malformed();
            if (malformed.isPresent()) {
                composition.skip(malformed.get(), ID);
                return;
            }
            var spec = ProviderChecks.inKoda(controlPlane.url(), token.get(), clients.http());
            composition.add(spec);
            integrations.verifiedBy(KodaVerifications.of(controlPlane.url(), token.get(), clients.http()));
            integrations.addProvider(spec, "providers in Koda", "koda", controlPlane.url(), null);
            return;
        }
        boolean hasAny = false;
        for (var one : ProviderSettings.all()) {
            var found = direct(one);
            var malformed = new Absence(settings).malformed(one.bases().toArray(Setting<?>[]::new));
            if (found.isPresent() && malformed.isPresent()) {
                composition.skip(new Skip(new CheckId(ID, one.provider()), malformed.get(), Set.of(Suite.DOCTOR)));
            } else {
                found.ifPresent(direct -> {
                    composition.add(direct.spec());
                    integrations.addProvider(direct.spec(), one.provider(), "settings", direct.base(), direct.key());
                });
            }
            hasAny |= found.isPresent();
        }
        if (!hasAny) {
            composition.skip("no key of a provider is set, such as ANTHROPIC_API_KEY", ID);
        }
    }

    private Optional<Direct> direct(ProviderSettings one) {
        var provider = Provider.of(one.provider()).orElseThrow();
        var key = one.keys().stream()
                .filter(setting -> settings.get(setting).isPresent())
                .findFirst();
        if (key.isEmpty()) {
            return provider == Provider.OLLAMA ? localOllama() : Optional.empty();
        }
        var text = settings.get(key.get()).orElseThrow().reveal().strip();
        var options = ProviderOptions.of(provider, key.get().name(), text);
        var moved = one.bases().stream()
                .flatMap(setting -> settings.get(setting).stream())
                .findFirst()
                .map(options::base)
                .orElse(options);
        return Optional.of(new Direct(ProviderChecks.key(moved, clients.http()), moved.base(), text));
    }

    private Optional<Direct> localOllama() {
        return settings.get(ProviderSettings.OLLAMA_BASE_URL)
                .map(url -> new Direct(ProviderChecks.local(Provider.OLLAMA, url, clients.http()), url, null));
    }

    /** The check of a provider, and what it shows to whom. */
    private record Direct(
            CheckSpec spec, URI base, @Nullable String key) {}
}
