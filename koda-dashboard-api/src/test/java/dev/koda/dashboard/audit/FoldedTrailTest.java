package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedTrailTest {
    private static final AuditEvent USED = AuditEvent.of(AuditEventType.BREAK_GLASS_USED)
            .from("203.0.113.7")
            .to("runDoctor")
            .with("method", "GET");

    private final VirtualTime time = new VirtualTime();
    private final List<AuditEvent> told = new ArrayList<>();
    private final FoldedTrail trail = new FoldedTrail(
            event -> {
                told.add(event);
                return Future.succeededFuture();
            },
            time);

    @Test
    void theFirstUseIsToldAtOnceAndTheOthersTogether() {
        for (int i = 0; i < 30; i++) {
            trail.record(USED);
            time.advance(Duration.ofSeconds(15));
        }
        assertThat(told).containsExactly(USED);

        time.advance(FoldedTrail.WINDOW);

        assertThat(told).hasSize(2);
        assertThat(told.get(1).details()).containsEntry("repeats", 29).containsKeys("first", "last");
    }

    @Test
    void anotherAddressOrOperationIsAnotherUse() {
        trail.record(USED);
        trail.record(USED.from("203.0.113.8"));
        trail.record(USED.to("exportAudit"));

        assertThat(told).hasSize(3);
    }

    @Test
    void aUseInTheNextWindowIsToldAgain() {
        trail.record(USED);
        time.advance(FoldedTrail.WINDOW);
        trail.record(USED);

        assertThat(told).containsExactly(USED, USED);
    }

    @Test
    void whatChangesSomethingIsToldEach() {
        var changed = USED.with("method", "POST");
        trail.record(changed);
        trail.record(changed);

        assertThat(told).containsExactly(changed, changed);
    }

    @Test
    void nothingElseIsFolded() {
        var failed = AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED);
        trail.record(failed);
        trail.record(failed);

        assertThat(told).containsExactly(failed, failed);
    }

    @Test
    void theEndTellsWhatWasNotToldYet() {
        trail.record(USED);
        trail.record(USED);

        trail.close();

        assertThat(told).hasSize(2);
        assertThat(told.get(1).details()).containsEntry("repeats", 1);
    }
}
