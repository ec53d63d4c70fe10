package dev.koda.checks.backup;

import dev.koda.checks.objectstore.ObjectListing;
import dev.koda.checks.process.Commands;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The sources that are known. Making one asks nothing. */
public final class BackupSources {
    /** So that a name is never taken for an option. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private BackupSources() {}

    /** The backups of a stanza; empty if that is no name of one. */
    public static Optional<BackupSource> pgBackRest(String stanza, Commands commands) {
        var tool = new PgBackRest("pgbackrest", stanza);
        return isName(stanza)
                ? Optional.of(new CommandSource(tool.name(), tool.command(), commands, tool::read))
                : Optional.empty();
    }

    /** The backups that WAL-G finds with this file of settings; empty if the path is not absolute. */
    public static Optional<BackupSource> walG(Path configuration, Commands commands) {
        var tool = new WalG("wal-g", configuration);
        return configuration.isAbsolute()
                ? Optional.of(new CommandSource(tool.name(), tool.command(), commands, tool::read))
                : Optional.empty();
    }

    /** The backups of a server that barman knows; empty if that is no name of one. */
    public static Optional<BackupSource> barman(String server, Commands commands) {
        var tool = new Barman("barman", server);
        return isName(server)
                ? Optional.of(new CommandSource(tool.name(), tool.command(), commands, tool::read))
                : Optional.empty();
    }

    /**
     * The files that match an absolute path whose last part is a glob, such as {@code /backup/koda-pg-*.dump}; empty if
     * it is something else.
     */
    public static Optional<BackupSource> files(String pattern) {
        try {
            int slash = pattern.lastIndexOf('/');
            if (!pattern.startsWith("/") || slash == pattern.length() - 1) {
                return Optional.empty();
            }
            var names = pattern.substring(slash + 1);
            FileSystems.getDefault().getPathMatcher("glob:" + names);
            return Optional.of(new FilesSource(Path.of(pattern.substring(0, slash + 1)), names));
        } catch (PatternSyntaxException | InvalidPathException noPattern) {
            return Optional.empty();
        }
    }

    /** A file that is touched after each backup that succeeded; empty if the path is not absolute. */
    public static Optional<BackupSource> marker(Path file) {
        return file.isAbsolute() ? Optional.of(new MarkerSource(file)) : Optional.empty();
    }

    /** The objects whose key begins with the prefix, all pages of them; all objects for an empty one. */
    public static BackupSource objects(ObjectListing objects, String prefix) {
        return new ObjectsSource(objects, prefix);
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
