package dev.koda.dashboard.verification;

import static dev.koda.dashboard.verification.Samples.START;
import static dev.koda.dashboard.verification.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyMomentHasTheStatusOfTheLastResultThatVouchesForIt(int seed) {
        var results = Samples.random(new Random(seed), 400);
        var end = results.get(results.size() - 1).until();

        var all = Interval.covering(intervals(results), START, end);

        var expected = new HashMap<Instant, Standing>();
        for (var second = START; second.isBefore(end); second = second.plusSeconds(1)) {
            expected.put(second, bySearch(results, second));
        }
        var shown = new HashMap<Instant, Standing>();
        for (var interval : all) {
            for (var at = interval.since(); at.isBefore(interval.until()); at = at.plusSeconds(1)) {
                assertThat(shown.put(at, interval.standing())).as("no overlap").isNull();
            }
        }
        assertThat(shown).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void uptimeIsWhatIsCountedSecondBySecondAndAddsUp(int seed) {
        var random = new Random(seed);
        var results = Samples.random(random, 300);
        var known = intervals(results);
        var from = START.plusSeconds(random.nextInt(3_000));
        var to = from.plusSeconds(1 + random.nextInt(9_000));
        var middle = from.plus(Duration.between(from, to).dividedBy(3).truncatedTo(ChronoUnit.SECONDS));

        var whole = Uptime.of(known, from, to);

        int up = 0;
        int down = 0;
        for (var second = from; second.isBefore(to); second = second.plusSeconds(1)) {
            var standing = bySearch(results, second);
            up += standing.isUp() ? 1 : 0;
            down += standing == Standing.FAIL ? 1 : 0;
        }
        assertThat(whole.up()).isEqualTo(Duration.ofSeconds(up));
        assertThat(whole.down()).isEqualTo(Duration.ofSeconds(down));
        assertThat(whole.up().plus(whole.down()).plus(whole.unknown())).isEqualTo(Duration.between(from, to));
        var first = Uptime.of(known, from, middle);
        var second = Uptime.of(known, middle, to);
        assertThat(first.up().plus(second.up())).isEqualTo(whole.up());
        assertThat(first.unknown().plus(second.unknown())).isEqualTo(whole.unknown());
    }

    @Test
    void whatNobodyVouchesForIsNeitherUpNorDown() {
        var known = intervals(
                List.of(result("s", START, Standing.PASS), result("s", START.plusSeconds(600), Standing.UNKNOWN)));

        var uptime = Uptime.of(known, START, START.plusSeconds(1_200));

        assertThat(uptime).isEqualTo(Uptime.known(Duration.ofMinutes(2), Duration.ZERO, Duration.ofMinutes(20)));
        assertThat(uptime.ratio()).hasValue(1);
        assertThat(Uptime.of(known, START.plusSeconds(300), START.plusSeconds(1_200))
                        .ratio())
                .isEmpty();
    }

    @Test
    void aRotationIsMarkedWhereTheFailuresBegin() {
        var before = Step.of(null, with("aa", 0, Standing.PASS)).after();

        var step = Step.of(before, with("bb", 60, Standing.FAIL));

        assertThat(step.marks()).containsExactly(Step.Mark.ROTATION);
        assertThat(step.after().interval().since()).isEqualTo(START.plusSeconds(60));
        assertThat(step.incident())
                .isEqualTo(new Step.Incident(START.plusSeconds(60), null, "reason_of_fail", "it is fail", 1));
    }

    @Test
    void aCredentialThatComesBackUnknownOrUnderAnotherKeyIsNoRotation() {
        var state = Step.of(null, with("aa", 0, Standing.PASS)).after();

        var without = Step.of(state, with("", 60, Standing.PASS));
        var again = Step.of(without.after(), with("aa", 120, Standing.PASS));
        var other = again.after();
        var credential = new Fingerprint("bb", "other key");

        assertThat(without.marks()).isEmpty();
        assertThat(again.marks()).isEmpty();
        assertThat(credential.isOther(other.credential())).isFalse();
    }

    @Test
    void anIncidentOutlivesWhatIsUnknownAndEndsWithTheFirstResultThatWorks() {
        var incidents = new TreeMap<Instant, Step.Incident>();
        State state = null;
        int second = 0;
        for (var standing :
                List.of(Standing.PASS, Standing.FAIL, Standing.UNKNOWN, Standing.FAIL, Standing.WARN, Standing.FAIL)) {
            var step = Step.of(state, with("", second, standing));
            var incident = step.incident();
            if (incident != null) {
                incidents.put(incident.openedAt(), incident);
            }
            state = step.after();
            second += 60;
        }

        assertThat(incidents.keySet()).containsExactly(START.plusSeconds(60), START.plusSeconds(300));
        assertThat(incidents.firstEntry().getValue().closedAt()).isEqualTo(START.plusSeconds(240));
        assertThat(incidents.firstEntry().getValue().failures()).isEqualTo(2);
        assertThat(incidents.lastEntry().getValue().closedAt()).isNull();
    }

    private static Verification with(String digits, int second, Standing standing) {
        return result("s", START.plusSeconds(second), Duration.ofMinutes(2), standing, digits);
    }

    /** What the store would hold. */
    private static List<Interval> intervals(List<Verification> results) {
        Map<Instant, Interval> intervals = new TreeMap<>();
        State state = null;
        for (var result : results) {
            var step = Step.of(state, result);
            var ended = step.ended();
            if (ended != null) {
                intervals.put(ended.since(), ended);
            }
            state = step.after();
            intervals.put(state.interval().since(), state.interval());
        }
        return new ArrayList<>(intervals.values());
    }

    /** The rule itself: the last result decides, and the results before it of the same status vouch on. */
    private static Standing bySearch(List<Verification> results, Instant at) {
        var standing = Standing.UNKNOWN;
        var until = START;
        for (var result : results) {
            if (result.startedAt().isAfter(at)) {
                break;
            }
            boolean goesOn =
                    standing == result.standing() && !result.startedAt().isAfter(until);
            until = goesOn && until.isAfter(result.until()) ? until : result.until();
            standing = result.standing();
        }
        return until.isAfter(at) ? standing : Standing.UNKNOWN;
    }
}
