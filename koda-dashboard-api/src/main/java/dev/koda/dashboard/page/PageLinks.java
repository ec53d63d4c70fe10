package dev.koda.dashboard.page;

import java.util.Objects;

/**
 * Where the page leads beyond itself.
 *
 * @param grafana the address of Grafana; empty if there is none
 */
public record PageLinks(String grafana) {
    public PageLinks {
        Objects.requireNonNull(grafana, "grafana");
    }

    /** To nowhere. */
    public static PageLinks none() {
        return new PageLinks("");
    }
}
