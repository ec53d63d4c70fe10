package dev.koda.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    @Test
    void worseIsAssociativeCommutativeAndIdempotentOverAllTriples() {
        for (var a : Status.values()) {
            assertThat(a.worse(a)).isEqualTo(a);
            for (var b : Status.values()) {
                assertThat(a.worse(b)).isEqualTo(b.worse(a));
                for (var c : Status.values()) {
                    assertThat(a.worse(b).worse(c)).isEqualTo(a.worse(b.worse(c)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk.space", "object-store.canary", "runtime.event-loop", "a.b", "tls2.x-509.v3"})
    void anIdIsGroupAndKebabCase(String name) {
        assertThat(CheckId.of(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "disk",
                "Disk.space",
                "disk.",
                ".space",
                "disk.space_left",
                "disk..space",
                "disk.-space",
                "disk/space"
            })
    void anyOtherNameIsRefused(String name) {
        assertThatThrownBy(() -> CheckId.of(name)).hasMessageContaining("'" + name + "'");
    }

    @Test
    void anIdTooLongOrAnInstanceWithBracketsIsRefused() {
        assertThatThrownBy(() -> CheckId.of("a." + "b".repeat(62))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CheckId("a.b", "x[1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CheckId("a.b", "line\nbreak")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdPrintsItsInstanceAndKnowsItsOtherForms() {
        var id = new CheckId("object-store.canary", "backup");

        assertThat(id).hasToString("object-store.canary[backup]");
        assertThat(id.anchor()).isEqualTo("object-store-canary");
        assertThat(id.snakeCase()).isEqualTo("object_store_canary");
        assertThat(Category.of(id)).isEqualTo(Category.OBJECT_STORE);
        assertThat(Category.of(CheckId.of("billing.api"))).isEqualTo(Category.CUSTOM);
        assertThat(id.isCoveredBy(CheckId.of("object-store.canary"))).isTrue();
        assertThat(id.isCoveredBy(new CheckId("object-store.canary", "other"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"15.1,PASS", "15,PASS", "14.9,WARN", "5,WARN", "4.9,FAIL"})
    void aLowerLimitIsStillGood(double value, Status status) {
        var outcome = Outcome.below("free", value, "percent").warn(15).fail(5);

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.thresholds())
                .containsExactly(new Threshold("free", Threshold.Direction.BELOW, "percent", 15.0, 5.0));
        assertThat(outcome.observed()).containsKey("free");
    }

    @ParameterizedTest
    @CsvSource({"500,PASS", "500.1,WARN", "2000,WARN", "2000.1,FAIL"})
    void anUpperLimitIsStillGood(double value, Status status) {
        assertThat(Outcome.above("round_trip", value, "milliseconds")
                        .warn(500)
                        .fail(2000)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aDecidedOutcomeSaysWhatWasSeenAndTheLimit() {
        assertThat(Outcome.below("free", 12.5, "percent").warn(15).fail(5).message())
                .isEqualTo("free is 12.5 percent, limit 15 percent");
        assertThat(Outcome.below("free", 2, "percent").warn(15).fail(5).message())
                .isEqualTo("free is 2 percent, limit 5 percent");
        assertThat(Outcome.above("lag", 9, "seconds").warn(5).neverFails().status())
                .isEqualTo(Status.WARN);
    }

    @Test
    void aSkippedOutcomeHasNoStatus() {
        var skipped = Outcome.skipped("no TLS here");

        assertThat(skipped.isSkipped()).isTrue();
        assertThat(skipped.message()).isEqualTo("no TLS here");
        assertThatThrownBy(skipped::status).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOutcomeIsImmutable() {
        var plain = Outcome.warn("hm");
        var more = plain.observed("free", 3L, "bytes")
                .hint("look")
                .reason("low_space")
                .stopsDependents();

        assertThat(plain.observed()).isEmpty();
        assertThat(plain.hint()).isNull();
        assertThat(plain.isStoppingDependents()).isFalse();
        assertThat(more.isStoppingDependents()).isTrue();
        assertThatThrownBy(() -> more.observed().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void numbersMustBeFiniteAndTextsNotBlank() {
        assertThatThrownBy(() -> Outcome.pass("x").observed("free", Double.NaN, "percent"))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> Outcome.pass(" ")).hasMessage("message must not be blank");
        assertThatThrownBy(() -> Outcome.pass("x").reason("Not A Code")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settersNameTheirArgumentWhenItIsWrong() {
        var builder = CheckSpec.of("a.check");

        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessage("timeout must be positive, not PT0S");
        assertThatThrownBy(() -> builder.failureThreshold(0)).hasMessage("failureThreshold must be at least 1, not 0");
        assertThatThrownBy(() -> Query.of(Suite.DOCTOR).deadline(Duration.ZERO)).hasMessageContaining("deadline");
    }

    @Test
    void aReportCopiesWhatItIsGiven() {
        var spec = CheckSpec.of("a.check")
                .in(Suite.DOCTOR)
                .run(context -> CompletableFuture.completedFuture(Outcome.pass("x")));
        var at = Instant.EPOCH;
        var result = new CheckResult(
                spec, Status.PASS, Status.PASS, Outcome.pass("x"), at, Duration.ZERO, Duration.ZERO, at, 1, null);
        var checks = new ArrayList<>(List.of(result));
        var report = Report.of(Suite.DOCTOR, new Service("s", null, null), at, Duration.ZERO, checks, List.of());
        checks.clear();

        assertThat(report.checks()).hasSize(1);
        assertThat(report.message()).isEqualTo("the check passes");
    }
}
