package dev.koda.checks.settings;

import dev.koda.checks.Nearest;
import dev.koda.checks.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one run: flag, process environment ({@code NAME}, else the file that {@code NAME_FILE} names),
 * {@code .env} file, {@code koda.yaml}, derivation of Koda's compose file, default: the first that has a name wins. A
 * value that is there but blank counts as not set. Immutable, safe for use by several threads, prints no value.
 */
public final class Settings {
    private static final Set<String> ENVIRONMENTS = Set.of("production", "staging", "development", "test");
    private static final Set<String> SAME_AS_PRODUCTION = Set.of("prd", "live", "release");

    private final Map<String, List<SettingValue>> candidates;
    private final Map<String, SettingValue> effective;
    private final Map<String, Limits> limits;
    private final Set<String> secretValues;
    private final StackKind stack;
    private final String serviceName;
    private final List<Path> envFiles;
    private final List<Path> secretFiles;
    private final Optional<Path> stackFile;
    private final Optional<Path> stackFileWithSecrets;
    private final List<CustomCheck> customChecks;
    private final List<Suppression> suppressions;
    private final List<Notification> notifications;
    private final List<SettingsNotice> notices;
    private final String declared;

    private Settings(SettingsFiles files, Layers layers) {
        candidates = layers.candidates;
        stack = StackDetection.stackOf(candidates, files.isKodaDeclared);
        effective = effective();
        var yaml = Optional.ofNullable(files.stackFile);
        secretValues = Collections.unmodifiableSet(collectSecrets(yaml));
        envFiles = files.envFiles.stream().map(EnvFile::file).toList();
        secretFiles = List.copyOf(layers.secretFiles);
        notices = files.notices();
        customChecks = yaml.map(StackFile::checks).orElse(List.of());
        suppressions = yaml.map(StackFile::suppressions).orElse(List.of());
        notifications = yaml.map(StackFile::notifications).orElse(List.of());
        declared = withoutSecrets(yaml.map(StackFile::declared).orElse(""));
        stackFile = yaml.map(StackFile::file);
        stackFileWithSecrets = yaml.filter(StackFile::holdsSecret).map(StackFile::file);
        limits = yaml.map(StackFile::thresholds).orElse(Map.of());
        serviceName = get(OwnSettings.KODA_SERVICE_NAME)
                .or(() -> yaml.flatMap(StackFile::serviceName))
                .map(this::withoutSecrets)
                .orElse("koda");
    }

    /**
     * Finds and reads the files and puts the layers on each other. Blocks; call it once, in the composition root.
     *
     * <p>The {@code .env} file is the one of {@link SettingsSources#envFile}; else {@code .env} and
     * {@code .release.env} of {@link SettingsSources#directory}; else the one that {@code KODA_ENV_FILE} names; else
     * {@code .koda-local/.env}, {@code .env} if it sets a name of Koda's, or {@code .koda/.env} of the home directory.
     * The {@code koda.yaml} is the one given, else that of the directory, else that of the working directory.
     *
     * @throws SettingsException if a file that is named is missing, one that may be there cannot be read, a file is not of its grammar, or a flag is not of its
     *     setting's type: all problems of all of them. Values in files that are well-formed but wrong are no exception:
     *     {@link #get} leaves them out and {@link #malformed()} lists them.
     */
    public static Settings load(SettingsSources sources) {
        var problems = new SettingsProblems();
        var files = new SettingsFiles(sources, problems);
        var layers = new Layers(sources, files, problems);
        problems.throwIfAny();
        return new Settings(files, layers);
    }

    /** The typed value: written down, derived or the default. Empty if there is none or it is not as expected. */
    public <T> Optional<T> get(Setting<T> setting) {
        return value(setting.name())
                .filter(value -> !value.isBlank())
                .flatMap(value -> setting.type().parse(value.text()));
    }

    /** The value of any name as text, blanks around it dropped; empty if there is none. */
    public Optional<String> text(String name) {
        return value(name).map(value -> value.text().strip()).filter(text -> !text.isEmpty());
    }

    /** The value that counts, with its origin; empty if no layer has the name. */
    public Optional<SettingValue> value(String name) {
        return Optional.ofNullable(effective.get(name));
    }

    /** True if somebody wrote a value down, so that it is neither blank nor derived nor the default. */
    public boolean isSet(Setting<?> setting) {
        return value(setting.name())
                .filter(value -> value.origin().isExplicit() && !value.isBlank())
                .isPresent();
    }

    /** The known settings that somebody set to a value that is not as expected; unmodifiable. */
    public List<Setting<?>> malformed() {
        return KnownSettings.all().stream().filter(this::isMalformed).toList();
    }

    /** A value derived from a malformed one is none of its own. */
    private boolean isMalformed(Setting<?> setting) {
        return isSet(setting) && get(setting).isEmpty();
    }

    /** The values that count: the known ones in the order of {@link KnownSettings}, then the others by name. */
    public List<SettingValue> values() {
        return List.copyOf(effective.values());
    }

    /** What every layer says about a name, the winner first; empty if none says anything. */
    public List<SettingValue> candidates(String name) {
        return List.copyOf(candidates.getOrDefault(name, List.of()));
    }

    /** The limits that koda.yaml sets for a check; empty if it does not name it. */
    public Optional<Limits> limits(String checkId) {
        return Optional.ofNullable(limits.get(checkId));
    }

    /**
     * What is checked: {@code KODA_STACK}; else Koda's if a {@code .env} file or a directory was named, one lies where
     * only Koda's does, or anything that only Koda has is set outside koda.yaml; else none.
     */
    public StackKind stack() {
        return stack;
    }

    /**
     * True if what only matters in production matters: {@code KODA_ENV} says so, or it is not set and {@code NODE_ENV}
     * says so or the server is bound to an address that others can reach.
     */
    public boolean isProduction() {
        return environment().equals("production");
    }

    /** {@code KODA_ENV} in lower case; where it is not set, {@code production} or {@code development}. */
    public String environment() {
        var named = text(OwnSettings.KODA_ENV.name());
        if (named.isPresent()) {
            return withoutSecrets(named.get()).toLowerCase(Locale.ROOT);
        }
        boolean isNodeProduction =
                text("NODE_ENV").filter("production"::equalsIgnoreCase).isPresent();
        boolean isReachable =
                !IpAddress.isLoopback(get(OwnSettings.KODA_OPERATIONS_BIND).orElse("127.0.0.1"));
        return isNodeProduction || isReachable ? "production" : "development";
    }

    /** True if {@code KODA_ENV} is none of the usual words and was probably meant to be {@code production}. */
    public boolean isAlmostProduction() {
        var word = environment();
        boolean isKnown = ENVIRONMENTS.contains(word);
        return !isKnown
                && (word.startsWith("prod")
                        || SAME_AS_PRODUCTION.contains(word)
                        || Nearest.of(word, Set.of("production"), 2) != null);
    }

    /** Reports show these as they are, and a secret may have got into the wrong setting. */
    private String withoutSecrets(String shown) {
        return Redactor.of(() -> secretValues).redact(shown);
    }

    /** {@code KODA_SERVICE_NAME}, else {@code service.name} of koda.yaml, else {@code koda}. */
    public String serviceName() {
        return serviceName;
    }

    /** The {@code .env} files that were read; the last one wins. */
    public List<Path> envFiles() {
        return envFiles;
    }

    /** The files that {@code NAME_FILE} in the environment named. */
    public List<Path> secretFiles() {
        return secretFiles;
    }

    /** The {@code koda.yaml} that was read. */
    public Optional<Path> stackFile() {
        return stackFile;
    }

    /** The same, if a secret stands in one of its checks and not only a variable for it. */
    public Optional<Path> stackFileWithSecrets() {
        return stackFileWithSecrets;
    }

    /** What koda.yaml declares under {@code checks}, in its order. */
    public List<CustomCheck> customChecks() {
        return customChecks;
    }

    /** What koda.yaml does not want to be asked for a while. */
    public List<Suppression> suppressions() {
        return suppressions;
    }

    /** Whom koda.yaml wants to be told when a check goes wrong, in its order. */
    public List<Notification> notifications() {
        return notifications;
    }

    /**
     * What koda.yaml declares, without secrets: another text whenever something else is declared there, the same one
     * however it is written, and none for people. Variables stand in it by their name. Empty if nothing is declared.
     */
    public String declared() {
        return declared;
    }

    /** What is odd but usable in the files. */
    public List<SettingsNotice> notices() {
        return notices;
    }

    /** Every secret of every layer, winner or not, with the passwords inside DSNs and URLs: for the redactor. */
    public Set<String> secretValues() {
        return secretValues;
    }

    @Override
    public String toString() {
        return "settings of " + serviceName + " (" + stack.wireName() + ", " + environment() + ")";
    }

    private Map<String, SettingValue> effective() {
        var derived = Derivations.of(stack, this::written);
        var values = new LinkedHashMap<String, SettingValue>();
        for (var setting : KnownSettings.all()) {
            winner(setting.name())
                    .filter(value -> !value.isBlank())
                    .or(() -> Optional.ofNullable(derived.get(setting.name())))
                    .or(() -> defaultOf(setting))
                    .or(() -> winner(setting.name()))
                    .ifPresent(value -> values.put(setting.name(), value));
        }
        candidates.keySet().stream()
                .filter(name -> !values.containsKey(name))
                .sorted()
                .forEach(name -> winner(name).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private Optional<SettingValue> winner(String name) {
        return candidates.getOrDefault(name, List.of()).stream().findFirst();
    }

    private Optional<String> written(String name) {
        return winner(name).filter(value -> !value.isBlank()).map(SettingValue::text);
    }

    /** Koda's own defaults count only where there is a Koda stack. */
    private Optional<SettingValue> defaultOf(Setting<?> setting) {
        boolean isOurs = setting.owner() == Setting.Owner.CHECKS;
        return setting.defaultText()
                .filter(text -> isOurs || stack != StackKind.NONE)
                .map(text -> SettingValue.of(setting.name(), text, Origin.of(Layer.DEFAULT)));
    }

    private Set<String> collectSecrets(Optional<StackFile> yaml) {
        var secrets = new LinkedHashSet<String>();
        yaml.map(StackFile::secretValues).ifPresent(secrets::addAll);
        var all = new ArrayList<>(effective.values());
        candidates.values().forEach(all::addAll);
        all.forEach(value -> secrets.addAll(Secrecy.secretsIn(value)));
        return secrets;
    }
}
