package dev.koda.checks.docker;

import dev.koda.checks.json.Json;
import java.util.List;

/**
 * One container as a list shows it, which is enough to reach it.
 *
 * @param name such as {@code koda-postgres-1}
 * @param isRunning true if it runs
 * @param ways in which this host may reach it, the best first
 */
record Listed(String name, boolean isRunning, List<Way> ways) {
    static Listed of(Json entry) {
        var name = entry.at("Names").items().stream()
                .flatMap(one -> one.text().stream())
                .findFirst()
                .orElse("?");
        return new Listed(
                name.replaceFirst("^/", ""), entry.at("State").text().orElse("").equals("running"), Way.of(entry));
    }
}
