package dev.koda.checks.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of the settings look at. No part of it holds a value that may be secret.
 *
 * @param files the files that were read, as people know them
 * @param oddities what is odd but usable in them
 * @param required the settings that must be there
 * @param conflicts values that are wrong or contradict each other
 * @param paths the directories that are configured
 * @param production what only matters in production
 */
public record ConfigOptions(
        List<String> files,
        List<Oddity> oddities,
        List<Required> required,
        List<Conflict> conflicts,
        List<ConfiguredPath> paths,
        Production production) {
    /**
     * Something odd in a file, or that there is none.
     *
     * @param isFailure true if a setting is lost by it
     * @param reason a stable snake_case word
     * @param message where and what, in a few words
     * @param hint what to do
     */
    public record Oddity(boolean isFailure, String reason, String message, String hint) {
        public Oddity {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(hint, "hint");
        }
    }

    /**
     * A setting that must be there.
     *
     * @param name of the setting
     * @param isPresent true if it has a value
     * @param howToSet what gives it a value, where that is not the setting itself, or null
     * @param lookalike where a name stands that was probably meant for it, in a few words, or null
     */
    public record Required(
            String name,
            boolean isPresent,
            @Nullable String howToSet,
            @Nullable String lookalike) {
        public Required {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A value that is wrong, or two that contradict each other.
     *
     * @param isFailure true if the setting cannot be used so
     * @param reason a stable snake_case word
     * @param message which setting, where, and what is expected
     * @param hint what to do
     */
    public record Conflict(boolean isFailure, String reason, String message, String hint) {
        public Conflict {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(hint, "hint");
        }
    }

    /**
     * A configured directory.
     *
     * @param name of the setting
     * @param path as configured
     * @param isExplicit false for a default: that one may be missing, since it lives inside a container
     */
    public record ConfiguredPath(String name, Path path, boolean isExplicit) {
        public ConfiguredPath {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * What only matters in production.
     *
     * @param isProduction true if this is production
     * @param environment its name, for people
     * @param forbidden switches that are on and must be off in production
     * @param unreadable which of the settings have a value that cannot be judged, as a sentence, or null if none has
     * @param publicUrl the URL that people open, or null if none is configured
     */
    public record Production(
            boolean isProduction,
            String environment,
            List<Switch> forbidden,
            @Nullable String unreadable,
            @Nullable URI publicUrl) {
        public Production {
            Objects.requireNonNull(environment, "environment");
            forbidden = List.copyOf(forbidden);
        }
    }

    /**
     * A switch that must be off in production.
     *
     * @param name of the setting
     * @param isFatal true for a failure, false for a warning because the stack ignores it in production
     * @param consequence what it causes, in a few words
     */
    public record Switch(String name, boolean isFatal, String consequence) {
        public Switch {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(consequence, "consequence");
        }
    }

    public ConfigOptions {
        files = List.copyOf(files);
        oddities = List.copyOf(oddities);
        required = List.copyOf(required);
        conflicts = List.copyOf(conflicts);
        paths = List.copyOf(paths);
        Objects.requireNonNull(production, "production");
    }
}
