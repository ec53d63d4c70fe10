package dev.koda.checks.settings;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a known setting: data for typed access, for the {@code config.*} and {@code secrets.*} checks and
 * for {@code koda config show}. Immutable.
 *
 * @param <T> the type of its value
 */
public final class Setting<T> {
    /** Whose setting it is. */
    public enum Owner {
        /** Ours. */
        CHECKS,
        /** Koda's: whoever sets it has a Koda stack. */
        KODA,
        /** Known to Koda, but used without it too, such as {@code POSTGRES_DB}. */
        ANYONE
    }

    /** When a value must be there. */
    public enum Need {
        NEVER,
        /** With a Koda stack, embedded or not. */
        STACK,
        /** With a Koda stack whose object storage is required. */
        OBJECT_STORE,
        /** With a Koda stack in whatever way it is entered: a failure in production, a warning elsewhere. */
        ENTRY
    }

    private final String name;
    private final SettingType<T> type;
    private final Owner owner;
    private final Need need;
    private final @Nullable String defaultText;

    private Setting(String name, SettingType<T> type, Owner owner, Need need, @Nullable String defaultText) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.owner = owner;
        this.need = need;
        this.defaultText = defaultText;
    }

    static <T> Setting<T> ours(String name, SettingType<T> type) {
        return new Setting<>(name, type, Owner.CHECKS, Need.NEVER, null);
    }

    static <T> Setting<T> koda(String name, SettingType<T> type) {
        return new Setting<>(name, type, Owner.KODA, Need.NEVER, null);
    }

    static <T> Setting<T> anyone(String name, SettingType<T> type) {
        return new Setting<>(name, type, Owner.ANYONE, Need.NEVER, null);
    }

    Setting<T> needed(Need when) {
        return new Setting<>(name, type, owner, when, defaultText);
    }

    Setting<T> otherwise(String text) {
        return new Setting<>(name, type, owner, need, text);
    }

    /** The name in the environment and in {@code .env} files. */
    public String name() {
        return name;
    }

    public SettingType<T> type() {
        return type;
    }

    public Owner owner() {
        return owner;
    }

    /** When a value must be there. */
    public Need need() {
        return need;
    }

    /** What holds if nobody sets it, as text; empty if there is no default. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** True if the value must never be shown. */
    public boolean isSecret() {
        return type.isSecret();
    }

    @Override
    public String toString() {
        return name;
    }
}
