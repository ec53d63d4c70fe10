package dev.koda.checks.stack;

import dev.koda.checks.config.ConfigOptions;
import dev.koda.checks.settings.KnownSettings;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Layer;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.SettingValue;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsNotice;
import dev.koda.checks.settings.StackKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the {@code config.*} checks look at, out of the settings. */
final class ConfigOptionsOf {
    /** What gives a derived setting its value. */
    private static final Map<String, String> SOURCES = Map.of(
            KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN.name(), "POSTGRES_PASSWORD or KNOWLEDGE_V2_POSTGRES_DSN",
            KodaSettings.KNOWLEDGE_V2_S3_ACCESS_KEY_ID.name(), "S3_ACCESS_KEY_ID",
            KodaSettings.KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY.name(), "S3_SECRET_ACCESS_KEY");

    private static final ConfigOptions.Oddity NOTHING = new ConfigOptions.Oddity(
            false,
            "nothing_configured",
            "no stack is configured; looked for ./.koda-local/.env, ./.env and ~/.koda/.env",
            "name it with --dir or --env-file; KODA_STACK=none if there is only this host");

    private final Settings settings;

    private ConfigOptionsOf(Settings settings) {
        this.settings = settings;
    }

    static ConfigOptions of(Settings settings) {
        var mapping = new ConfigOptionsOf(settings);
        return new ConfigOptions(
                mapping.files(),
                mapping.oddities(),
                mapping.required(),
                new ConflictsOf(settings).all(),
                mapping.paths(),
                mapping.production());
    }

    private List<String> files() {
        return Stream.concat(settings.envFiles().stream(), settings.stackFile().stream())
                .map(Path::toString)
                .toList();
    }

    private List<ConfigOptions.Oddity> oddities() {
        var nothing = Stream.of(NOTHING).filter(ignored -> isNothingConfigured());
        return Stream.concat(nothing, settings.notices().stream().map(this::oddity))
                .toList();
    }

    private ConfigOptions.Oddity oddity(SettingsNotice notice) {
        var variable = notice.variable();
        var hint = variable == null
                ? "correct the line: other readers of the file may understand it differently"
                : "export " + variable + ", or write '$$' if a dollar sign is meant";
        boolean isLost = notice.kind() == SettingsNotice.Kind.UNSET_VARIABLE && leavesNothing(notice);
        return new ConfigOptions.Oddity(isLost, notice.kind().name().toLowerCase(Locale.ROOT), notice.toString(), hint);
    }

    /** True if a setting of koda.yaml counts and became empty by it. */
    private boolean leavesNothing(SettingsNotice notice) {
        return KnownSettings.all().stream()
                .flatMap(setting -> settings.candidates(setting.name()).stream().limit(1))
                .filter(value -> value.isBlank() && value.origin().layer() == Layer.STACK_FILE)
                .map(SettingValue::origin)
                .anyMatch(origin ->
                        origin.line() == notice.line() && notice.file().equals(origin.file()));
    }

    /** Then a report would be about this host alone, and its pass would be taken for the stack's. */
    private boolean isNothingConfigured() {
        return settings.stack() == StackKind.NONE
                && files().isEmpty()
                && Stream.of(
                                OwnSettings.KODA_STACK,
                                OwnSettings.WEB_PUBLIC_BASE_URL,
                                OwnSettings.KODA_OPERATIONS_URL,
                                OwnSettings.KODA_OPERATIONS_PORT)
                        .noneMatch(settings::isSet);
    }

    private List<ConfigOptions.Required> required() {
        return KnownSettings.all().stream()
                .filter(new Absence(settings)::isRequired)
                .map(this::required)
                .toList();
    }

    private ConfigOptions.Required required(Setting<?> setting) {
        var sources = settings.stack() == StackKind.KODA ? SOURCES.get(setting.name()) : null;
        var giving = sources == null ? setting.name() : setting.name() + " or " + sources;
        return new ConfigOptions.Required(
                setting.name(),
                settings.text(setting.name()).isPresent(),
                sources,
                lookalike(new HashSet<>(List.of(giving.split(" or ")))).orElse(null));
    }

    /** Where a name stands that nobody knows and that was probably meant for one of these. */
    private Optional<String> lookalike(Set<String> names) {
        return settings.values().stream()
                .filter(value -> KnownSettings.find(value.name()).isEmpty())
                .filter(value -> KnownSettings.nearest(value.name())
                        .filter(names::contains)
                        .isPresent())
                .findFirst()
                .map(value -> value.name() + " is set in " + value.origin());
    }

    private List<ConfigOptions.ConfiguredPath> paths() {
        var paths = new ArrayList<ConfigOptions.ConfiguredPath>();
        for (var setting : List.of(KodaSettings.STATE_ROOT_DIR, KodaSettings.ARTIFACT_STORE_DIR)) {
            settings.get(setting)
                    .ifPresent(path ->
                            paths.add(new ConfigOptions.ConfiguredPath(setting.name(), path, settings.isSet(setting))));
        }
        return paths;
    }

    private ConfigOptions.Production production() {
        var forbidden = new ArrayList<ConfigOptions.Switch>();
        addIfOn(forbidden, KodaSettings.ALLOW_LOOPBACK_BOOTSTRAP, true, "Koda refuses to start");
        addIfOn(forbidden, KodaSettings.ALLOW_INSECURE_COOKIES, true, "sessions could travel without TLS");
        addIfOn(
                forbidden,
                KodaSettings.ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET,
                false,
                "it is ignored there, and dangerous elsewhere");
        return new ConfigOptions.Production(
                settings.isProduction(),
                settings.environment(),
                forbidden,
                new Absence(settings)
                        .malformed(
                                KodaSettings.ALLOW_LOOPBACK_BOOTSTRAP,
                                KodaSettings.ALLOW_INSECURE_COOKIES,
                                KodaSettings.ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET,
                                OwnSettings.WEB_PUBLIC_BASE_URL)
                        .orElse(null),
                settings.get(OwnSettings.WEB_PUBLIC_BASE_URL).orElse(null));
    }

    private void addIfOn(
            List<ConfigOptions.Switch> forbidden, Setting<Boolean> setting, boolean isFatal, String consequence) {
        if (settings.get(setting).orElse(false)) {
            forbidden.add(new ConfigOptions.Switch(setting.name(), isFatal, consequence));
        }
    }
}
