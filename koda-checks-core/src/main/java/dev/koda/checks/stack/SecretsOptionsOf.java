package dev.koda.checks.stack;

import dev.koda.checks.secrets.SecretsOptions;
import dev.koda.checks.secrets.SecretsOptions.Kind;
import dev.koda.checks.secrets.SecretsOptions.Value;
import dev.koda.checks.settings.KnownSettings;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.SettingType;
import dev.koda.checks.settings.SettingValue;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the {@code secrets.*} checks look at, out of the settings. */
final class SecretsOptionsOf {
    private static final String DATABASE = "database";
    private static final String OBJECT_STORE = "object store";

    private final Settings settings;
    private final List<Value> values = new ArrayList<>();

    private SecretsOptionsOf(Settings settings) {
        this.settings = settings;
    }

    static SecretsOptions of(Settings settings) {
        var mapping = new SecretsOptionsOf(settings);
        mapping.collect();
        return new SecretsOptions(settings.isProduction(), mapping.entries(), mapping.values, mapping.files());
    }

    /** Without a stack of Koda's only the sessions of our own page need a key, and only where others can reach it. */
    private List<SecretsOptions.Entry> entries() {
        return KnownSettings.all().stream()
                .filter(setting -> setting.need() == Setting.Need.ENTRY)
                .filter(this::applies)
                .map(setting -> new SecretsOptions.Entry(
                        setting.name(), settings.text(setting.name()).isPresent()))
                .toList();
    }

    private boolean applies(Setting<?> setting) {
        boolean isSessionKey = setting.equals(OwnSettings.WEB_OPERATOR_SESSION_SECRET);
        if (settings.stack() == StackKind.NONE) {
            return isSessionKey && settings.isProduction();
        }
        boolean mayBeMissing = isSessionKey
                && !settings.isProduction()
                && settings.get(KodaSettings.ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET)
                        .orElse(false);
        return !mayBeMissing;
    }

    private void collect() {
        add(OwnSettings.WEB_OPERATOR_SESSION_SECRET, "sessions", Kind.KEY);
        apiTokens();
        add(KodaSettings.RUNTIME_LOCAL_UI_TOKEN, "runtime tokens", Kind.KEY);
        add(OwnSettings.KODA_AUDIT_HMAC_KEY, "audit fingerprints", Kind.KEY);
        if (settings.stack() == StackKind.NONE) {
            return;
        }
        add(KodaSettings.POSTGRES_PASSWORD, DATABASE, Kind.PASSWORD);
        databasePassword();
        add(KodaSettings.S3_SECRET_ACCESS_KEY, OBJECT_STORE, Kind.PASSWORD);
        if (values.stream().noneMatch(value -> value.purpose().equals(OBJECT_STORE))) {
            add(KodaSettings.KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY, OBJECT_STORE, Kind.PASSWORD);
        }
        KnownSettings.find("GRAFANA_ADMIN_PASSWORD")
                .flatMap(setting -> settings.text(setting.name()))
                .ifPresent(text -> values.add(new Value("GRAFANA_ADMIN_PASSWORD", text, "Grafana", Kind.PASSWORD)));
    }

    private void add(Setting<Secret> setting, String purpose, Kind kind) {
        settings.get(setting)
                .map(Secret::reveal)
                .ifPresent(text -> values.add(new Value(setting.name(), text, purpose, kind)));
    }

    /** While tokens are rotated there are several, and each of them opens the API. */
    private void apiTokens() {
        settings.get(OwnSettings.CONTROL_PLANE_API_TOKEN)
                .flatMap(secret -> SettingType.LIST.parse(secret.reveal()))
                .orElse(List.of())
                .forEach(token ->
                        values.add(new Value(OwnSettings.CONTROL_PLANE_API_TOKEN.name(), token, "API", Kind.KEY)));
    }

    private void databasePassword() {
        Optional<String> inDsn = settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN)
                .map(PostgresDsn::password)
                .map(Secret::reveal);
        inDsn.filter(text -> values.stream()
                        .noneMatch(value ->
                                value.value().equals(text) && value.purpose().equals(DATABASE)))
                .ifPresent(text -> values.add(
                        new Value(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN.name(), text, DATABASE, Kind.PASSWORD)));
    }

    /** The files that a secret stands in, not only a variable for it, and the one with Koda's master key. */
    private List<Path> files() {
        var files = new LinkedHashSet<Path>();
        KnownSettings.all().stream()
                .filter(Setting::isSecret)
                .flatMap(setting -> settings.candidates(setting.name()).stream())
                .filter(value -> !value.isBlank() && value.isLiteral())
                .map(SettingValue::origin)
                .map(origin -> origin.file())
                .filter(Objects::nonNull)
                .forEach(files::add);
        settings.stackFileWithSecrets().ifPresent(files::add);
        settings.get(KodaSettings.CONTROL_PLANE_MASTER_KEY_FILE).ifPresent(files::add);
        return List.copyOf(files);
    }
}
