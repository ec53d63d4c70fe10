package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.Redactor;
import dev.koda.checks.testing.VirtualTime;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seven ways to change a log, and a check that has nothing but the export and what was kept. */
class ExportCheckTest {
    private final EventStamp stamp = EventStamp.of(new VirtualTime(), Redactor.byShape(), "node-1");
    private final SigningKey key = SigningKey.generate();
    private final List<String> lines = new ArrayList<>();
    private String kept = "";

    @BeforeEach
    void export() {
        kept = export("alice", lines);
    }

    private String export(String actor, List<String> into) {
        var hash = ChainLink.origin();
        for (int seq = 1; seq <= 10; seq++) {
            var body = stamp.stamp(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                            .by(actor)
                            .with("attempt", seq))
                    .body();
            var next = new ChainLink().hash(hash, seq, Instant.parse("2026-11-28T10:00:00Z"), body);
            into.add("{\"seq\":" + seq + "," + body.substring(1, body.length() - 1)
                    + ",\"sealed_at\":\"2026-11-28T10:00:00Z\",\"previous\":\"" + hex(hash) + "\",\"hash\":\""
                    + hex(next) + "\"}");
            hash = next;
        }
        var checkpoint = Checkpoint.sign(key, new Sealing.Head(10, Buffer.buffer(hash)), Instant.EPOCH);
        into.add("{\"checkpoint\":\"" + checkpoint.line() + "\"}");
        into.add("{\"complete\":true,\"filtered\":false,\"from\":1,\"to\":10,\"events\":10}");
        return checkpoint.line();
    }

    @Test
    void whatWasNotTouchedIsIntact() {
        assertThat(faults(lines)).isEmpty();
    }

    @Test
    void editDeleteInsertReorderSwapAndTruncateAreFound() {
        assertThat(changed(copy -> copy.set(3, copy.get(3).replace("alice", "mallory"))))
                .anyMatch(fault -> fault.contains("event 4 was changed"));
        for (var time : List.of("2026-11-28T10:00:00.000001Z", "yesterday", "+1000000000-12-31T23:59:59Z")) {
            assertThat(changed(copy -> copy.set(3, copy.get(3).replace("2026-11-28T10:00:00Z", time))))
                    .as(time)
                    .containsExactly("event 4 was changed");
        }
        assertThat(changed(copy -> copy.remove(3))).anyMatch(fault -> fault.contains("4 to 4 are missing"));
        assertThat(changed(copy -> copy.add(4, copy.get(3)))).isNotEmpty();
        assertThat(changed(copy -> Collections.swap(copy, 3, 4))).isNotEmpty();
        assertThat(changed(copy -> Collections.rotate(copy.subList(0, 10), 1))).isNotEmpty();
        assertThat(changed(copy -> copy.subList(8, 11).clear()))
                .anyMatch(fault -> fault.contains("the end is missing"));
    }

    @Test
    void aLogThatIsWrittenAnewIsFoundByItsCheckpoint() {
        var forged = new ArrayList<String>();
        export("mallory", forged);
        forged.remove(10);

        assertThat(faults(forged)).singleElement().asString().contains("is not the one that was signed");
    }

    @Test
    void aCheckpointOfAnotherKeyIsFound() {
        var other = SigningKey.generate().publicText();
        var check = ExportCheck.of(List.of(other), List.of());
        lines.forEach(check::add);

        assertThat(check.end().faults()).singleElement().asString().contains("not signed by the key");
    }

    @Test
    void whatWasCutOffOrFilteredIsSaid() {
        assertThat(changed(copy -> copy.remove(11))).singleElement().asString().contains("cut off");
        var check = ExportCheck.of(List.of(), List.of());
        assertThatThrownBy(() -> check.add("{\"complete\":true,\"filtered\":true,\"events\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filtered");
        assertThatThrownBy(() -> check.add("no json")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExportCheck.of(List.of("no key"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> changed(Consumer<List<String>> change) {
        var copy = new ArrayList<>(lines);
        change.accept(copy);
        return faults(copy);
    }

    private List<String> faults(List<String> exported) {
        var check = ExportCheck.of(List.of(key.publicText()), List.of(kept));
        exported.forEach(check::add);
        return check.end().faults();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
