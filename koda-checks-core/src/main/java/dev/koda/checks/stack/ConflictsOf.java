package dev.koda.checks.stack;

import dev.koda.checks.config.ConfigOptions.Conflict;
import dev.koda.checks.settings.KnownSettings;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Layer;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.SettingValue;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.util.ArrayList;
import java.util.List;

/** Values of settings that are wrong, contradict each other, hide each other or are probably misspelt. */
final class ConflictsOf {
    /** Two wrong characters in a name as long as this make no other word. */
    private static final int LONG_NAME = 10;

    private final Settings settings;
    private final List<Conflict> conflicts = new ArrayList<>();

    ConflictsOf(Settings settings) {
        this.settings = settings;
    }

    List<Conflict> all() {
        settings.malformed().forEach(this::malformed);
        environment();
        poolSizes();
        masterKey();
        keyFiles();
        KnownSettings.all().forEach(setting -> shadowed(settings.candidates(setting.name())));
        settings.values().forEach(this::misspelt);
        return conflicts;
    }

    private void malformed(Setting<?> setting) {
        var origin = settings.value(setting.name()).map(SettingValue::origin).orElseThrow();
        conflicts.add(new Conflict(
                true,
                "invalid_value",
                setting.name() + " (" + origin + ") is not " + setting.type().expected(),
                "correct " + setting.name() + "; until then, checks that need it are skipped"));
    }

    /** Without a word, everything that guards production would be off. */
    private void environment() {
        if (settings.isAlmostProduction()) {
            conflicts.add(new Conflict(
                    false,
                    "unknown_environment",
                    "KODA_ENV is " + settings.environment() + ", which is not production: nothing that guards it is on",
                    "set KODA_ENV=production if this is production"));
        }
    }

    private void poolSizes() {
        var least =
                settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_POOL_MIN_SIZE).orElse(0);
        var most =
                settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_POOL_MAX_SIZE).orElse(Integer.MAX_VALUE);
        if (least > most) {
            conflicts.add(new Conflict(
                    true,
                    "conflict",
                    "KNOWLEDGE_V2_POSTGRES_POOL_MIN_SIZE " + least
                            + " is more than KNOWLEDGE_V2_POSTGRES_POOL_MAX_SIZE " + most,
                    "make the smaller one the smaller one"));
        }
    }

    private void masterKey() {
        if (settings.isSet(KodaSettings.CONTROL_PLANE_MASTER_KEY)) {
            conflicts.add(new Conflict(
                    true,
                    "unsupported_setting",
                    "CONTROL_PLANE_MASTER_KEY is set, and Koda stops when it first uses a secret",
                    "put the key into the file that CONTROL_PLANE_MASTER_KEY_FILE names, mode 600"));
        }
    }

    private void keyFiles() {
        if (settings.isSet(OwnSettings.KODA_TLS_KEY_FILES) && !settings.isSet(OwnSettings.KODA_TLS_CERTIFICATES)) {
            conflicts.add(new Conflict(
                    false,
                    "conflict",
                    "KODA_TLS_KEY_FILES is set without KODA_TLS_CERTIFICATES, so no key is held against a certificate",
                    "name the certificates in KODA_TLS_CERTIFICATES, or remove KODA_TLS_KEY_FILES"));
        }
    }

    /** A flag hides on purpose; what the environment hides is often forgotten there. */
    private void shadowed(List<SettingValue> candidates) {
        if (candidates.isEmpty() || candidates.get(0).origin().layer() != Layer.ENVIRONMENT) {
            return;
        }
        var winner = candidates.get(0);
        candidates.stream()
                .skip(1)
                .filter(other -> !other.text().strip().equals(winner.text().strip()))
                .findFirst()
                .ifPresent(other -> conflicts.add(new Conflict(
                        false,
                        "shadowed",
                        winner.name() + " in the " + winner.origin() + " hides another value in " + other.origin(),
                        "remove one of the two")));
    }

    /** In a file of Koda's own, where the name that was probably meant is missing. */
    private boolean mayBeTypo(SettingValue value) {
        return settings.stack() != StackKind.NONE
                && value.origin().layer() == Layer.ENV_FILE
                && value.name().length() >= LONG_NAME
                && KnownSettings.nearest(value.name())
                        .filter(name -> settings.candidates(name).isEmpty())
                        .isPresent();
    }

    private void misspelt(SettingValue value) {
        boolean isOurs = value.name().startsWith("KODA_") || value.name().startsWith("WEB_") || mayBeTypo(value);
        boolean isPointer = value.name().endsWith("_FILE");
        if (!isOurs || isPointer || KnownSettings.find(value.name()).isPresent()) {
            return;
        }
        KnownSettings.nearest(value.name())
                .ifPresent(nearest -> conflicts.add(new Conflict(
                        false,
                        "unknown_key",
                        value.name() + " (" + value.origin() + ") is not known; " + nearest + " is",
                        "rename it to " + nearest + ", or remove it")));
    }
}
