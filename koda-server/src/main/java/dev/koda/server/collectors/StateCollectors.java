package dev.koda.server.collectors;

import dev.koda.checks.TimeSource;
import dev.koda.checks.meters.StateSamples;
import dev.koda.dashboard.StateOptions;
import dev.koda.dashboard.StoreDuty;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a Koda that its tables tell, each row of them in {@code docs/collectors.md}: read by one of several
 * servers, behind the scrape, and never written. Close it after the surface that runs it.
 */
public final class StateCollectors implements StoreDuty {
    private final KodaReader reader;
    private final Duration interval;
    private final StateSamples samples;
    private final TimeSource time;

    private StateCollectors(KodaReader reader, Duration interval, StateSamples samples, TimeSource time) {
        this.reader = reader;
        this.interval = interval;
        this.samples = Objects.requireNonNull(samples, "samples");
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * Those of a server, which have not begun: no connection is opened before they do.
     *
     * @param state names the Koda; null, or without one, or with an interval of 0, there are none
     * @param samples where a scrape finds what they say; has every metric of the platform
     */
    public static List<StoreDuty> of(Vertx vertx, @Nullable StateOptions state, StateSamples samples, TimeSource time) {
        var koda = state == null ? null : state.koda();
        return koda == null || koda.interval().isZero()
                ? List.of()
                : List.of(new StateCollectors(KodaReader.of(vertx, koda), koda.interval(), samples, time));
    }

    /** All there are. */
    static List<Collector> all() {
        return Stream.concat(GaugeCollectors.all().stream(), CounterCollectors.all().stream())
                .toList();
    }

    @Override
    public String lease() {
        return "state-collectors";
    }

    @Override
    public Leadership.Duty duty(OperationsStore store, Leases leases) {
        var counting = new Counting(reader, new CounterStates(store, leases, reader.source()));
        return new Collecting(all(), interval, counting, new Publication(samples), new CollectorMeters(samples), time);
    }

    @Override
    public void close() {
        reader.close();
    }
}
