package dev.koda.cli.logs;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param places directories that may have the compose project, the first one goes first
 * @param services of it; empty for all, or for none if files or units are named
 * @param files to be read as logs
 * @param units of systemd
 * @param selection which lines
 * @param isFollowed whether to go on with what comes
 * @param format how they are shown
 * @param isUtc whether people see the times of Greenwich and not those of this machine
 * @param secrets the literal values that are never shown
 */
public record LogRequest(
        List<Path> places,
        List<String> services,
        List<Path> files,
        List<String> units,
        Selection selection,
        boolean isFollowed,
        Format format,
        boolean isUtc,
        Set<String> secrets) {
    /** How lines are shown. */
    public enum Format {
        /** For people: in columns, JSON taken apart. */
        PRETTY,
        /** As they were written. */
        RAW,
        /** For programs: a JSON object a line, with time and source. */
        JSON
    }

    public LogRequest {
        places = List.copyOf(places);
        services = List.copyOf(services);
        files = List.copyOf(files);
        units = List.copyOf(units);
        secrets = Set.copyOf(secrets);
    }

    boolean needsCompose() {
        return !services.isEmpty() || (files.isEmpty() && units.isEmpty());
    }

    /** Prints no secret. */
    @Override
    public String toString() {
        return "request for the logs of " + services + files + units;
    }
}
