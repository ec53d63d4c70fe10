package dev.koda.checks.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.config.ConfigOptions.Conflict;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesCheckTest extends CheckContract {
    private static final Conflict WARNING = new Conflict(false, "shadowed", "A hides B", "remove one");
    private static final Conflict FAILURE = new Conflict(true, "invalid_value", "C is not a port", "correct C");

    @Override
    protected List<CheckSpec> specs() {
        return ConfigChecks.of(ConfigFixture.clean());
    }

    @Override
    protected CheckId id() {
        return CheckId.of("config.values");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ConfigFixture.PLANTED);
    }

    @Test
    void passesWithoutConflicts() throws Exception {
        assertThat(answer().status()).isEqualTo(Status.PASS);
    }

    @Test
    void warnsOfWhatStillWorks() throws Exception {
        var answer = answer(WARNING);

        assertThat(answer).hasToString("warn: A hides B");
        assertThat(answer.reason()).isEqualTo(new Reason("shadowed"));
        assertThat(answer.hint()).isEqualTo("remove one");
    }

    @Test
    void failsWithTheWorstFirstAndNamesAll() throws Exception {
        var answer = answer(WARNING, FAILURE);

        assertThat(answer).hasToString("fail: C is not a port; A hides B");
        assertThat(answer.reason()).isEqualTo(new Reason("invalid_value"));
        assertThat(answer.hint()).isEqualTo("correct C; remove one");
    }

    @Test
    void saysWhatToDoAboutEachAndNothingTwice() throws Exception {
        var other = new Conflict(true, "conflict", "D is more than E", "correct D");
        var again = new Conflict(false, "shadowed", "F hides G", "remove one");

        assertThat(answer(WARNING, FAILURE, other, again).hint()).isEqualTo("correct C; correct D; remove one");
    }

    private static Outcome answer(Conflict... conflicts) throws Exception {
        return Answer.of(ConfigChecks.of(ConfigFixture.conflicts(conflicts)), "config.values");
    }
}
