package dev.koda.checks.backup;

import dev.koda.checks.Outcome;
import dev.koda.checks.json.Json;
import dev.koda.checks.process.Command;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code pgbackrest info --output=json}, whose fields its documentation promises to keep. */
record PgBackRest(String program, String stanza) {
    /** Ok, and different ones in several repositories. */
    private static final Set<Long> KNOWN = Set.of(0L, 4L);
    /** No path of the stanza, no valid backup, no data of the stanza. */
    private static final Set<Long> NONE = Set.of(1L, 2L, 3L);

    String name() {
        return "pgBackRest stanza " + stanza;
    }

    Command command() {
        return Command.of(List.of(program, "--log-level-console=off", "--stanza=" + stanza, "--output=json", "info"));
    }

    Backups read(String output) {
        var document = Json.parse(output);
        if (document.isEmpty() || !document.get().isList()) {
            return CommandSource.unexpected(name(), "none");
        }
        return document.get().items().stream()
                .filter(each -> each.at("name").text().equals(Optional.of(stanza)))
                .findFirst()
                .map(this::read)
                .orElseGet(() -> Backups.of(List.of()));
    }

    private Backups read(Json found) {
        long code = found.at("status", "code").number().orElse(99L);
        if (!KNOWN.contains(code) && !NONE.contains(code)) {
            return Backups.unknown(Outcome.fail(name() + " has status " + code + ", expected 0")
                    .reason("repository_error")
                    .hint("run pgbackrest --stanza=" + stanza + " info and check: they say what is wrong"));
        }
        var backups = Backups.of(found.at("backup").items().stream()
                .filter(each -> !each.at("error").isTrue())
                .flatMap(each -> backup(each).stream())
                .toList());
        return found.at("status", "lock", "backup", "held").isTrue() ? backups.running() : backups;
    }

    private static Optional<Backup> backup(Json each) {
        return each.at("timestamp", "stop")
                .number()
                .map(stop -> new Backup(
                        Instant.ofEpochSecond(stop),
                        each.at("info", "size").number().orElse(Backup.UNKNOWN_SIZE)));
    }
}
