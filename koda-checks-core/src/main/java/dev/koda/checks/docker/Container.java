package dev.koda.checks.docker;

import dev.koda.checks.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One container of a compose project, as far as checks look at it: never its environment, its labels or the output of its
 * health check, which may hold secrets.
 *
 * @param name such as {@code koda-app-1}
 * @param service of the compose project
 * @param state {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code removing}, {@code exited} or
 *     {@code dead}
 * @param health what its health check says, one of Docker's words; {@code none} where it has no such check
 * @param exitCode of its last end
 * @param isOutOfMemory true if the kernel killed something in it since its last start
 * @param restarts how often Docker has started it again by itself since it was made
 * @param startedAt its last start
 * @param grace how long after that its health may still be unknown: the start period, and one interval more
 * @param isOneShot true if its end with code 0 is as it should be: Docker does not start it again
 * @param needs the services that it depends on
 */
record Container(
        String name,
        String service,
        String state,
        String health,
        int exitCode,
        boolean isOutOfMemory,
        long restarts,
        Optional<Instant> startedAt,
        Duration grace,
        boolean isOneShot,
        Set<String> needs) {
    /** What Docker does without being told, by its documentation of HEALTHCHECK. */
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

    private static final Set<String> NOT_AGAIN = Set.of("", "no", "on-failure");
    private static final String LABEL = "com.docker.compose.";
    private static final Pattern NEED = Pattern.compile("([A-Za-z0-9._-]+)(?::([a-z_]+))?[^,]*");

    /** Out of the answer to an inspection. */
    static Container of(Json inspected) {
        var state = inspected.at("State");
        var labels = inspected.at("Config", "Labels");
        var policy = inspected.at("HostConfig", "RestartPolicy", "Name").text().orElse("");
        return new Container(
                inspected.at("Name").text().orElse("?").replaceFirst("^/", ""),
                labels.at(LABEL + "service").text().orElse("?"),
                state.at("Status").text().orElse("unknown"),
                state.at("Health", "Status")
                        .text()
                        .filter(word -> !word.isEmpty())
                        .orElse("none"),
                state.at("ExitCode").number().orElse(0L).intValue(),
                state.at("OOMKilled").isTrue(),
                inspected.at("RestartCount").number().orElse(0L),
                moment(state.at("StartedAt")),
                grace(inspected.at("Config", "Healthcheck")),
                NOT_AGAIN.contains(policy),
                needs(labels.at(LABEL + "depends_on").text().orElse("")));
    }

    boolean isRunning() {
        return state.equals("running");
    }

    /** Docker writes the year 1 for what has not been. */
    private static Optional<Instant> moment(Json text) {
        try {
            return text.text().map(Instant::parse).filter(moment -> moment.isAfter(Instant.EPOCH));
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }

    /** Docker asks for the first time one interval after the start. */
    private static Duration grace(Json healthcheck) {
        var interval = nanos(healthcheck.at("Interval"));
        return nanos(healthcheck.at("StartPeriod")).plus(interval.isZero() ? USUAL_INTERVAL : interval);
    }

    private static Duration nanos(Json count) {
        return Duration.ofNanos(Math.max(0, count.number().orElse(0L)));
    }

    /** The label reads {@code postgres:service_healthy:false,memory:service_started:false}. */
    private static Set<String> needs(String label) {
        return NEED.matcher(label)
                .results()
                .filter(need -> !ComposeFile.COMPLETED.equals(need.group(2)))
                .map(need -> need.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }
}
