package dev.koda.checks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({
        ", FAIL, connection_reset",
        "08006, FAIL, connection_reset",
        "57014, FAIL, no_answer",
        "57P01, FAIL, shutting_down",
        "42501, WARN, missing_privilege",
        "22012, FAIL, server_error",
    })
    void becomesAnOutcomeByItsSqlState(String state, Status status, String reason) {
        var outcome = SqlFailure.of(state).outcome();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.reason()).hasToString(reason);
        assertThat(outcome.hint()).isNotBlank();
    }

    @Test
    void isAnsweredWhereverItWasThrown() {
        var failure = SqlFailure.of("22012");
        var direct = CompletableFuture.<Outcome>failedStage(failure);
        var wrapped = CompletableFuture.<Outcome>failedStage(new CompletionException(failure));

        assertThat(SqlQueries.answered(direct).toCompletableFuture()).isCompletedWithValue(failure.outcome());
        assertThat(SqlQueries.answered(wrapped).toCompletableFuture()).isCompletedWithValue(failure.outcome());
    }

    @Test
    void leavesABugABug() {
        var bug = new IllegalStateException("bug");

        assertThat(SqlQueries.answered(CompletableFuture.failedStage(bug)).toCompletableFuture())
                .isCompletedExceptionally();
    }
}
