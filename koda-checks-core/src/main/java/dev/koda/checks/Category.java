package dev.koda.checks;

import java.util.Locale;

/** The groups a report is read in, in the order in which people read them. */
public enum Category {
    CONFIG,
    SECRETS,
    POSTGRES,
    OBJECT_STORE,
    DISK,
    DASHBOARD,
    CONTROL_PLANE,
    RUNTIME,
    PROVIDER,
    TLS,
    NETWORK,
    SYSTEM,
    HARDENING,
    CUSTOM;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The kebab-case word of JSON and of check ids, such as {@code object-store}. */
    public String wireName() {
        return wireName;
    }

    /** The category whose word is the first part of the id; {@link #CUSTOM} for any other. */
    public static Category of(CheckId id) {
        var group = id.group();
        for (var category : values()) {
            if (category.wireName.equals(group)) {
                return category;
            }
        }
        return CUSTOM;
    }
}
