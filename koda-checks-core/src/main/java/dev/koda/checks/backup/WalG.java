package dev.koda.checks.backup;

import dev.koda.checks.json.Json;
import dev.koda.checks.process.Command;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code wal-g backup-list --detail --json}, whose fields are those of {@code BackupTime} and {@code
 * ExtendedMetadataDto} in its source. Without a backup it prints nothing or an empty list, by its version; early ones
 * write their log beside it.
 */
record WalG(String program, Path configuration) {
    private static final Pattern LOG_LINES = Pattern.compile("(?m)^(?:INFO|WARNING): .*$");
    /** In the name of one that holds only what has changed, which says nothing of how big a whole one should be. */
    private static final String DELTA = "_D_";
    /** What Go writes for a time that is not known. */
    private static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

    String name() {
        return "WAL-G with " + configuration;
    }

    Command command() {
        return Command.of(List.of(program, "--config", configuration.toString(), "backup-list", "--detail", "--json"));
    }

    Backups read(String output) {
        var answer = LOG_LINES.matcher(output).replaceAll("");
        if (answer.isBlank()) {
            return Backups.of(List.of());
        }
        var document = Json.parse(answer);
        if (document.isEmpty() || !document.get().isList()) {
            return CommandSource.unexpected(name(), "none");
        }
        return Backups.of(document.get().items().stream()
                .flatMap(each -> backup(each).stream())
                .toList());
    }

    /** Older versions know only when the last file was written. */
    private static Optional<Backup> backup(Json each) {
        return instant(each.at("finish_time"))
                .or(() -> instant(each.at("time")))
                .map(ended -> new Backup(ended, size(each)));
    }

    /** Older versions keep no sizes, which then read as 0 both. */
    private static long size(Json each) {
        boolean isDelta = each.at("backup_name").text().orElse("").contains(DELTA);
        boolean isKept = each.at("uncompressed_size").number().orElse(0L) > 0;
        return isDelta || !isKept
                ? Backup.UNKNOWN_SIZE
                : each.at("compressed_size")
                        .number()
                        .filter(bytes -> bytes >= 0)
                        .orElse(Backup.UNKNOWN_SIZE);
    }

    private static Optional<Instant> instant(Json field) {
        try {
            return field.text()
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .filter(instant -> instant.isAfter(NO_TIME));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
