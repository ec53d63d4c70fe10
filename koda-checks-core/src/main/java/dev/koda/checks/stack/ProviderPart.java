package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.provider.Provider;
import dev.koda.checks.provider.ProviderChecks;
import dev.koda.checks.provider.ProviderOptions;
import dev.koda.checks.settings.ProviderSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.util.Optional;
import java.util.Set;

/** The keys of model providers: Koda's own, where its control plane can be asked, else those in the settings. */
final class ProviderPart {
    private static final String ID = "provider.key";

    private final Settings settings;
    private final StackClients clients;

    ProviderPart(Settings settings, StackClients clients) {
        this.settings = settings;
        this.clients = clients;
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
            composition.add(ProviderChecks.inKoda(controlPlane.url(), token.get(), clients.http()));
            return;
        }
        boolean hasAny = false;
        for (var one : ProviderSettings.all()) {
            var spec = direct(one);
            var malformed = new Absence(settings).malformed(one.bases().toArray(Setting<?>[]::new));
            if (spec.isPresent() && malformed.isPresent()) {
                composition.skip(new Skip(new CheckId(ID, one.provider()), malformed.get(), Set.of(Suite.DOCTOR)));
            } else {
                spec.ifPresent(composition::add);
            }
            hasAny |= spec.isPresent();
        }
        if (!hasAny) {
            composition.skip("no key of a provider is set, such as ANTHROPIC_API_KEY", ID);
        }
    }

    private Optional<CheckSpec> direct(ProviderSettings one) {
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
        return Optional.of(ProviderChecks.key(moved, clients.http()));
    }

    private Optional<CheckSpec> localOllama() {
        return settings.get(ProviderSettings.OLLAMA_BASE_URL)
                .map(url -> ProviderChecks.local(Provider.OLLAMA, url, clients.http()));
    }
}
