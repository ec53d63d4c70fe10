package dev.koda.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.koda.checks.testing.VirtualTime;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class IsolatingRegistryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final List<String> counted = new ArrayList<>();
    private final IsolatingRegistry registry = new IsolatingRegistry(new FamilyFaults(time, counted::add));
    private final Logger logger = (Logger) LoggerFactory.getLogger(FamilyFaults.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private @Nullable RuntimeException fault = new IllegalStateException("its device is gone");

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        Gauge.builder().name("steady").register(registry).set(7);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private double measured() {
        if (fault != null) {
            throw fault;
        }
        return 3;
    }

    private void gauge(String name) {
        GaugeWithCallback.builder()
                .name(name)
                .callback(callback -> callback.call(measured()))
                .register(registry);
    }

    private List<String> scraped() {
        return registry.scrape().stream()
                .map(family -> family.getMetadata().getPrometheusName())
                .toList();
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void whatThrowsIsLeftOutAndCounted() {
        gauge("broken");
        CounterWithCallback.builder()
                .name("breaks_total")
                .callback(callback -> callback.call(measured()))
                .register(registry);

        assertThat(scraped()).containsExactly("steady");
        assertThat(counted).containsExactlyInAnyOrder("broken", "breaks_total");
    }

    @Test
    void anErrorOfALibraryAndARecursionAreLeftOutToo() {
        registry.register((MultiCollector) () -> {
            throw new NoClassDefFoundError("com/example/Driver");
        });
        registry.register((MultiCollector) () -> deeper(1));

        assertThat(scraped()).containsExactly("steady");
        assertThat(counted).containsExactly("unnamed", "unnamed");
    }

    /** As a toString does that names what holds it. */
    private static MetricSnapshots deeper(int depth) {
        return depth == 0 ? MetricSnapshots.of() : deeper(depth + 1);
    }

    /** There is nothing to answer with. */
    @Test
    void anErrorOfTheJvmIsNoFaultOfAFamily() {
        registry.register((MultiCollector) () -> {
            throw new OutOfMemoryError("of heap");
        });

        assertThatThrownBy(registry::scrape).isInstanceOf(OutOfMemoryError.class);
        assertThat(counted).isEmpty();
    }

    @Test
    void logsAChangeAndOnceAnHourWhileItLasts() {
        gauge("broken");

        for (int minute = 0; minute < 150; minute++) {
            scraped();
            time.advance(MINUTE);
        }
        assertThat(counted).hasSize(150);
        assertThat(lines())
                .containsOnly("broken is left out of scrapes: " + GaugeWithCallback.class.getName() + " throws")
                .hasSize(3);
        assertThat(log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("its device is gone");
        fault = null;
        scraped();
        scraped();

        assertThat(scraped()).containsExactly("broken", "steady");
        assertThat(lines()).hasSize(4).last().isEqualTo("broken is in scrapes again");
        fault = new IllegalArgumentException("again");
        scraped();
        assertThat(lines()).as("a change is told at once").hasSize(5);
    }

    /** Two that do not say what they collect are told apart. */
    @Test
    void oneThatWorksIsNoEndOfTheFaultOfAnother() {
        MultiCollector working = MetricSnapshots::of;
        registry.register(working);
        registry.register((MultiCollector) () -> {
            throw new IllegalStateException("always");
        });

        scraped();
        scraped();

        assertThat(lines()).hasSize(1);
    }

    @Test
    void whatIsTakenOutIsNotCollected() {
        var extra = Gauge.builder().name("extra").build();
        registry.register(extra);
        registry.unregister(extra);
        assertThat(scraped()).containsExactly("steady");

        registry.clear();
        assertThat(scraped()).isEmpty();
    }
}
