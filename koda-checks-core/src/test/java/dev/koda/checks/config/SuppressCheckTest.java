package dev.koda.checks.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.config.Suppressions.Entry;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.EngineRun;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressCheckTest extends CheckContract {
    private static final LocalDate FAR = LocalDate.of(9999, 12, 31);
    private static final CheckId SPACE = new CheckId("disk.space", "/");

    private final TimeSource time = TimeSource.system();

    @Test
    void passesWhileAllAreInForce() {
        var result = EngineRun.result(spec(new Entry(SPACE, "r", FAR), new Entry(CheckId.of("disk.space"), "r", FAR)));

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("2 suppressions are in force");
    }

    @Test
    void isInForceOnItsLastDay() {
        var today = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);

        assertThat(new Entry(SPACE, "r", today).isInForce(today)).isTrue();
        assertThat(new Entry(SPACE, "r", today).isInForce(today.plusDays(1))).isFalse();
    }

    @Test
    void warnsFromTheDayAfter() {
        var result = EngineRun.result(spec(new Entry(SPACE, "it was short", LocalDate.of(2020, 1, 31))));

        assertThat(result.reason()).isEqualTo(new Reason("suppression_expired"));
        assertThat(result.message()).isEqualTo("the suppression of disk.space[/] ended on 2020-01-31: it was short");
    }

    @Test
    void warnsOfACheckThatThereIsNot() {
        var result = EngineRun.result(spec(new Entry(CheckId.of("disk.spase"), "r", FAR)));

        assertThat(result.reason()).isEqualTo(new Reason("suppression_unknown"));
    }

    @Test
    void namesTheCheckThatWasProbablyMeant() {
        assertThat(EngineRun.result(spec(new Entry(new CheckId("disk.spase", "/"), "r", FAR)))
                        .outcome()
                        .hint())
                .isEqualTo("correct the id in koda.yaml: is disk.space[/] meant? Or remove the entry");
        assertThat(EngineRun.result(spec(new Entry(CheckId.of("tls.certificate"), "r", FAR)))
                        .outcome()
                        .hint())
                .contains("koda checks list");
    }

    @Test
    void prefersTheEntryThatNamesTheInstance() {
        var all = new Entry(CheckId.of("disk.space"), "all", FAR);
        var one = new Entry(SPACE, "one", FAR);
        var today = FAR.minusDays(1);

        assertThat(new Suppressions(List.of(all, one)).inForce(SPACE, today)).contains(one);
        assertThat(new Suppressions(List.of(one, all)).inForce(SPACE, today)).contains(one);
        assertThat(new Suppressions(List.of(all, one)).inForce(new CheckId("disk.space", "/var"), today))
                .contains(all);
        assertThat(new Suppressions(List.of(one)).inForce(CheckId.of("disk.inodes"), today))
                .isEmpty();
    }

    /** All instances are all of them, also one that had an entry of its own. */
    @Test
    void anEntryForAllInstancesHoldsWhenThatForOneIsOver() {
        var all = new Entry(CheckId.of("disk.space"), "all", FAR);
        var one = new Entry(SPACE, "one", LocalDate.of(2020, 1, 31));

        assertThat(new Suppressions(List.of(one, all)).inForce(SPACE, FAR)).contains(all);
        assertThat(new Suppressions(List.of(one)).inForce(SPACE, FAR)).isEmpty();
        assertThat(new Suppressions(List.of(one)).name(SPACE)).isTrue();
    }

    private CheckSpec spec(Entry... entries) {
        return ConfigChecks.suppress(new Suppressions(List.of(entries)), () -> List.of(SPACE), time);
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(spec(new Entry(SPACE, "r", FAR)));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("config.suppress");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
