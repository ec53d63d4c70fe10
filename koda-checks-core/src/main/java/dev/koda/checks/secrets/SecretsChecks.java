package dev.koda.checks.secrets;

import dev.koda.checks.Check;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the checks of the secrets. All are in the doctor and local; none shows more of a secret than its name. */
public final class SecretsChecks {
    private SecretsChecks() {}

    /** {@code secrets.present}, {@code .placeholder}, {@code .strength}, {@code .reuse} and {@code .file-mode}. */
    public static List<CheckSpec> of(SecretsOptions options) {
        return List.of(
                spec("secrets.present").title("Entrances are protected").run(new PresentCheck(options)),
                spec("secrets.placeholder")
                        .title("Secrets are no placeholders")
                        .run(new PlaceholderCheck(options.values())),
                spec("secrets.strength").title("Secrets are strong").run(new StrengthCheck(options)),
                spec("secrets.reuse").title("Each secret has one purpose").run(new ReuseCheck(options.values())),
                spec("secrets.file-mode")
                        .title("Only the owner reads secret files")
                        .blocking(new FileModeCheck(options.files(), ProcessIdentity::ofThisProcess)));
    }

    /**
     * One secret by its name: it must have a value, that is no placeholder, and as strong as its kind asks for.
     *
     * @param value null if it is not set
     * @param isProduction true if a key that is only short fails
     */
    public static Check named(String name, SecretsOptions.@Nullable Value value, boolean isProduction) {
        return new NamedSecretCheck(name, value, isProduction);
    }

    /**
     * Why a key must not be used to seal sessions or sign tokens: what the doctor fails it for in production. Empty if
     * it may be used.
     *
     * @param key as it is
     * @return a few words that go on from the name of the setting, such as {@code is shorter than 32 bytes}; never a
     *     part of the key
     */
    public static Optional<String> weaknessOf(String key) {
        if (Placeholders.isPlaceholder(key)) {
            return Optional.of("is a placeholder");
        }
        return Strength.of(key).weakness().or(() -> Strength.shortness(key));
    }

    private static CheckSpec.Builder spec(String id) {
        return CheckSpec.of(id).documented().in(Suite.DOCTOR).scope(Scope.LOCAL);
    }
}
