package dev.koda.checks.backup;

import dev.koda.checks.process.Command;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** {@code wal-g backup-list --detail --json}; without a backup it prints nothing. */
record WalG(String program, Path configuration) {
    String name() {
        return "WAL-G with " + configuration;
    }

    Command command() {
        return Command.of(List.of(program, "--config", configuration.toString(), "backup-list", "--detail", "--json"));
    }

    Backups read(String output) {
        if (output.isBlank()) {
            return Backups.of(List.of());
        }
        var document = Json.parse(output);
        if (document.isEmpty() || !document.get().isList()) {
            return CommandSource.unexpected(name(), "none");
        }
        return Backups.of(document.get().items().stream()
                .flatMap(each -> backup(each).stream())
                .toList());
    }

    /** Older versions know only when the last file was written. */
    private static Optional<Backup> backup(Json each) {
        return each.at("finish_time")
                .text()
                .or(() -> each.at("time").text())
                .flatMap(WalG::instant)
                .map(ended -> new Backup(
                        ended,
                        each.at("compressed_size")
                                .number()
                                .filter(bytes -> bytes >= 0)
                                .orElse(Backup.UNKNOWN_SIZE)));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
