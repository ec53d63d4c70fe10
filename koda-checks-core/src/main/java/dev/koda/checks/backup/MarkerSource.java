package dev.koda.checks.backup;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A file that the backup job touches when it has succeeded. */
final class MarkerSource implements BackupSource {
    private final Path marker;

    MarkerSource(Path marker) {
        this.marker = marker;
    }

    @Override
    public String describe() {
        return "marker " + marker;
    }

    @Override
    public CompletionStage<Backups> ask(CheckContext context) {
        return context.blocking(this::look);
    }

    private Backups look() throws IOException {
        try {
            var touched = Files.getLastModifiedTime(marker).toInstant();
            return Backups.of(List.of(new Backup(touched, Backup.UNKNOWN_SIZE)));
        } catch (NoSuchFileException never) {
            return Backups.of(List.of());
        } catch (AccessDeniedException denied) {
            return Backups.unknown(Outcome.fail(describe() + " cannot be reached by this user")
                    .reason("access_denied")
                    .hint("let this user enter the directory of " + marker));
        }
    }
}
