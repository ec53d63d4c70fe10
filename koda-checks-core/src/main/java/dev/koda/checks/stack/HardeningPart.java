package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.Suite;
import dev.koda.checks.hardening.HardeningChecks;
import dev.koda.checks.hardening.HardeningOptions;
import dev.koda.checks.hardening.HardeningOptions.Place;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.SettingType;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code --strict} adds. */
final class HardeningPart {
    private static final List<String> KODAS = List.of(
            "hardening.state-root-owner-only-perms",
            "hardening.master-key-perms-0600",
            "hardening.env-file-perms-0600",
            "hardening.control-plane-api-token-strong",
            "hardening.web-operator-session-secret-strong",
            "hardening.runtime-local-ui-token-strong",
            "hardening.allowed-user-ids-set",
            "hardening.loopback-bootstrap-disabled-in-production",
            "hardening.browser-private-network-disabled",
            "hardening.audit-retention-at-least-90-days",
            "hardening.cgroup-root-writable-for-isolation");
    private static final Set<String> OFF = Set.of("false", "0", "no", "off");
    private static final Path DEFAULT_CONTROL_GROUPS = Path.of("/sys/fs/cgroup/koda");

    private final Settings settings;
    private final StackClients clients;
    private final Path root;

    HardeningPart(Settings settings, StackClients clients, Path root) {
        this.settings = settings;
        this.clients = clients;
        this.root = root;
    }

    void addTo(Composition composition) {
        addKodas(composition);
        addExposed(composition);
        addFiles(composition);
        if (settings.secretValues().isEmpty()) {
            skip(composition, "no secret is set", "hardening.process-arguments");
        } else {
            composition.add(HardeningChecks.processArguments(root.resolve("proc"), settings::secretValues));
        }
    }

    private void addKodas(Composition composition) {
        if (settings.stack() != StackKind.KODA) {
            var why = settings.stack() == StackKind.EMBEDDED
                    ? "a rule for an installed Koda, and this is the embedded stack"
                    : "no Koda stack is configured";
            KODAS.forEach(id -> skip(composition, why, id));
            return;
        }
        var options = options();
        composition.add(HardeningChecks.koda(options));
        if (options.envFile() == null) {
            skip(composition, "no .env file was read", "hardening.env-file-perms-0600");
        }
    }

    private void addExposed(Composition composition) {
        var id = "hardening.exposed";
        var url = settings.get(OwnSettings.WEB_PUBLIC_BASE_URL);
        var malformed = new Absence(settings).malformed(OwnSettings.WEB_PUBLIC_BASE_URL);
        if (settings.stack() == StackKind.EMBEDDED) {
            skip(composition, "the embedded stack has no public URL", id);
        } else if (url.isEmpty()) {
            skip(composition, malformed.orElse("WEB_PUBLIC_BASE_URL is not set"), id);
        } else {
            composition.add(HardeningChecks.exposed(url.get(), clients.http()));
        }
    }

    private void addFiles(Composition composition) {
        var files = new ArrayList<>(settings.envFiles());
        settings.stackFile().ifPresent(files::add);
        if (files.isEmpty()) {
            skip(composition, "no file with settings was read", "hardening.git-tracked");
        } else {
            composition.add(HardeningChecks.gitTracked(files, settings::secretValues));
        }
    }

    private HardeningOptions options() {
        var files = settings.envFiles();
        return new HardeningOptions(
                place(KodaSettings.STATE_ROOT_DIR),
                place(KodaSettings.CONTROL_PLANE_MASTER_KEY_FILE),
                files.isEmpty() ? null : files.get(0),
                tokens(),
                values(OwnSettings.WEB_OPERATOR_SESSION_SECRET),
                values(KodaSettings.RUNTIME_LOCAL_UI_TOKEN),
                settings.text("ALLOWED_USER_IDS").isPresent(),
                isOn(KodaSettings.ALLOW_LOOPBACK_BOOTSTRAP.name()),
                isOn("BROWSER_ALLOW_PRIVATE_NETWORK"),
                retentionDays(),
                controlGroups());
    }

    /** The master key's default lies below the state directory, wherever somebody put that. */
    private Place place(Setting<Path> setting) {
        boolean isConfigured = settings.isSet(setting) || settings.isSet(KodaSettings.STATE_ROOT_DIR);
        return new Place(settings.get(setting).orElse(root), isConfigured);
    }

    private Place controlGroups() {
        var written = settings.text("KODA_CGROUP_ROOT").flatMap(SettingType.PATH::parse);
        return new Place(written.orElse(DEFAULT_CONTROL_GROUPS), written.isPresent());
    }

    private List<String> tokens() {
        return settings.get(OwnSettings.CONTROL_PLANE_API_TOKEN)
                .flatMap(secret -> SettingType.LIST.parse(secret.reveal()))
                .orElse(List.of());
    }

    private List<String> values(Setting<Secret> setting) {
        return settings.get(setting).map(Secret::reveal).stream().toList();
    }

    /** As Koda reads it: whatever is not plainly off is on. */
    private boolean isOn(String name) {
        return settings.text(name)
                .filter(text -> !OFF.contains(text.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** As Koda reads it: what is no number is none at all. */
    private int retentionDays() {
        Optional<Integer> days = settings.text("AUDIT_RETENTION_DAYS").flatMap(SettingType.COUNT::parse);
        return days.orElse(settings.text("AUDIT_RETENTION_DAYS").isPresent() ? 0 : 90);
    }

    private static void skip(Composition composition, String why, String id) {
        composition.skip(new Skip(CheckId.of(id), why, Set.of(Suite.HARDENING)));
    }
}
