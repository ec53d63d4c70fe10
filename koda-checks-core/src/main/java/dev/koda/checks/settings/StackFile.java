package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@code koda.yaml}:
 *
 * <pre>{@code
 * version: 1
 * service: {name: billing}
 * settings:
 *   KNOWLEDGE_V2_POSTGRES_DSN: ${DATABASE_URL}
 * thresholds:
 *   disk.space: {warn: 20, fail: 10}
 * checks:
 *   - {id: billing.api, http: {url: "https://billing.internal/health", expect: 200}, suites: [readiness, doctor]}
 * suppress:
 *   - {check: "disk.inodes[ARTIFACT_STORE_DIR]", reason: a new volume comes on Monday, until: 2026-12-31}
 * notify:
 *   - {id: ops-chat, url: "${OPS_WEBHOOK_URL}"}
 * }</pre>
 *
 * <p>Any other key is an error, and so are a check without limits and limits that are the wrong way round. Variables in
 * values are put in as in a {@code .env} file. {@code docs/koda-yaml.md} says all. Immutable.
 */
public final class StackFile {
    private final Path file;
    private final @Nullable String serviceName;
    private final Map<String, Entry> settings;
    private final Map<String, Limits> thresholds;
    private final List<CustomCheck> checks;
    private final List<Suppression> suppressions;
    private final List<Notification> notifications;
    private final String declared;
    private final Set<String> secretValues;
    private final boolean holdsSecret;
    private final List<SettingsNotice> notices;

    StackFile(
            Path file,
            @Nullable String serviceName,
            Map<String, Entry> settings,
            Map<String, Limits> thresholds,
            List<CustomCheck> checks,
            List<Suppression> suppressions,
            List<Notification> notifications,
            String declared,
            Set<String> secretValues,
            boolean holdsSecret,
            List<SettingsNotice> notices) {
        this.file = file;
        this.serviceName = serviceName;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        this.thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
        this.checks = List.copyOf(checks);
        this.suppressions = List.copyOf(suppressions);
        this.notifications = List.copyOf(notifications);
        this.declared = declared;
        this.secretValues = Set.copyOf(secretValues);
        this.holdsSecret = holdsSecret;
        this.notices = List.copyOf(notices);
    }

    /**
     * A value under {@code settings}.
     *
     * @param value as text, variables put in; may be empty
     * @param line of the name, 1 for the first line
     * @param column of the name, 1 for the first character
     * @param isLiteral true if a part of a secret stands there itself, not only a variable for it
     */
    public record Entry(String value, int line, int column, boolean isLiteral) {
        public Entry {
            Objects.requireNonNull(value, "value");
        }

        /** The place; never the value. */
        @Override
        public String toString() {
            return "a value in line " + line;
        }
    }

    /**
     * Reads a file; blocks, and needs {@code org.snakeyaml:snakeyaml-engine}.
     *
     * @param variables for variables in values: null for a name that is not set
     * @throws SettingsException if it cannot be read, is not YAML or not as described above, with every problem
     */
    public static StackFile read(Path file, Function<String, @Nullable String> variables) {
        return new StackFileReader(SourceText.read(file), variables).read();
    }

    /**
     * The same for bytes that are at hand.
     *
     * @param file how problems name it
     * @throws SettingsException if they are not YAML or not as described above, with every problem
     */
    public static StackFile parse(Path file, byte[] bytes, Function<String, @Nullable String> variables) {
        return new StackFileReader(SourceText.of(file, bytes), variables).read();
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    /** The name under {@code service}; empty if there is none. */
    public Optional<String> serviceName() {
        return Optional.ofNullable(serviceName);
    }

    /** The values under {@code settings} by name, in the order of the file; unmodifiable. */
    public Map<String, Entry> settings() {
        return settings;
    }

    /** The limits under {@code thresholds} by the id of the check; unmodifiable. */
    public Map<String, Limits> thresholds() {
        return thresholds;
    }

    /** What is declared under {@code checks}, in the order of the file; unmodifiable. */
    public List<CustomCheck> checks() {
        return checks;
    }

    /** What stands under {@code suppress}; unmodifiable. */
    public List<Suppression> suppressions() {
        return suppressions;
    }

    /** What stands under {@code notify}, in the order of the file; unmodifiable. */
    public List<Notification> notifications() {
        return notifications;
    }

    /** All that it declares but the settings, as {@link DeclaredText} writes it; may hold secrets. Empty if it declares nothing. */
    String declared() {
        return declared;
    }

    /** True if it sets the name, or declares a check that looks at the setting of that name. */
    boolean mentions(String name) {
        return settings.containsKey(name) || checks.stream().anyMatch(check -> name.equals(lookedAt(check.kind())));
    }

    private static @Nullable String lookedAt(CheckKind kind) {
        if (kind instanceof CheckKind.SecretSetting secret) {
            return secret.setting();
        }
        return kind instanceof CheckKind.Postgres postgres ? postgres.setting() : null;
    }

    /** The secrets in it beside those in {@code settings}: in headers, environments and URLs of checks. */
    Set<String> secretValues() {
        return secretValues;
    }

    /** True if one of {@link #secretValues} stands in it, and not only a variable for it. */
    boolean holdsSecret() {
        return holdsSecret;
    }

    /** What is odd but usable; unmodifiable. */
    public List<SettingsNotice> notices() {
        return notices;
    }

    @Override
    public String toString() {
        return file + " (" + settings.size() + " settings)";
    }
}
