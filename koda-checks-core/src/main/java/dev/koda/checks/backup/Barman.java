package dev.koda.checks.backup;

import dev.koda.checks.json.Json;
import dev.koda.checks.process.Command;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code barman -f json list-backups}. */
record Barman(String program, String server) {
    /** Everything is copied; of the first, only WAL is still to come. */
    private static final Set<String> COPIED = Set.of("WAITING_FOR_WALS", "DONE");

    private static final Set<String> UNDER_WAY = Set.of("EMPTY", "STARTED", "SYNCING");

    String name() {
        return "barman server " + server;
    }

    Command command() {
        return Command.of(List.of(program, "-f", "json", "list-backups", server));
    }

    Backups read(String output) {
        var list = Json.parse(output).map(document -> document.at(server));
        if (list.isEmpty() || !list.get().isList()) {
            return CommandSource.unexpected(name(), "none");
        }
        var items = list.get().items();
        var backups = Backups.of(items.stream()
                .filter(each -> hasStatus(each, COPIED))
                .flatMap(each -> backup(each).stream())
                .toList());
        return items.stream().anyMatch(each -> hasStatus(each, UNDER_WAY)) ? backups.running() : backups;
    }

    private static boolean hasStatus(Json each, Set<String> some) {
        return each.at("status").text().filter(some::contains).isPresent();
    }

    private static Optional<Backup> backup(Json each) {
        return each.at("end_time_timestamp")
                .number()
                .map(ended -> new Backup(
                        Instant.ofEpochSecond(ended),
                        each.at("size_bytes").number().orElse(Backup.UNKNOWN_SIZE)));
    }
}
