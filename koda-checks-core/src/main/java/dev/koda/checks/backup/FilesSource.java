package dev.koda.checks.backup;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletionStage;

/** Each regular file of a directory whose name matches is a backup; its last modification is when it was complete. */
final class FilesSource implements BackupSource {
    private final Path directory;
    private final String names;

    FilesSource(Path directory, String names) {
        this.directory = directory;
        this.names = names;
    }

    @Override
    public String describe() {
        return "files " + (directory.getParent() == null ? "" : directory) + "/" + names;
    }

    @Override
    public CompletionStage<Backups> ask(CheckContext context) {
        return context.blocking(this::list);
    }

    private Backups list() throws IOException {
        var newest = new Newest();
        try (var files = Files.newDirectoryStream(directory, names)) {
            for (var file : files) {
                add(file, newest);
            }
            return newest.toBackups();
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return Backups.unknown(Outcome.fail(describe() + ": there is no such directory")
                    .reason("missing")
                    .hint("create or mount " + directory + ", or correct the setting"));
        } catch (AccessDeniedException denied) {
            return Backups.unknown(Outcome.fail(describe() + ": this user may not read the directory")
                    .reason("access_denied")
                    .hint("let this user list " + directory));
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
    }

    private static void add(Path file, Newest newest) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                newest.add(new Backup(attributes.lastModifiedTime().toInstant(), attributes.size()));
            }
        } catch (NoSuchFileException rotatedAway) {
            // Then it is no backup any more.
        }
    }
}
