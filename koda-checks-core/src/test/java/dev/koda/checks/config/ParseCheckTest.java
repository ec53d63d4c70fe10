package dev.koda.checks.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.config.ConfigOptions.Oddity;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParseCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return ConfigChecks.of(ConfigFixture.clean());
    }

    @Override
    protected CheckId id() {
        return CheckId.of("config.parse");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ConfigFixture.PLANTED);
    }

    @Test
    void passesAndNamesTheFilesThatWereRead() throws Exception {
        assertThat(answer(ConfigFixture.files(List.of("/a/.env", "/a/koda.yaml"))))
                .hasToString("pass: /a/.env, /a/koda.yaml are clean");
    }

    @Test
    void passesWithoutAnyFile() throws Exception {
        assertThat(answer(ConfigFixture.files(List.of())))
                .hasToString("pass: no settings file is used, only the environment and defaults");
    }

    @Test
    void warnsOfEveryOddityWithTheReasonOfTheFirst() throws Exception {
        var answer = answer(ConfigFixture.files(
                List.of("/a/.env"),
                new Oddity(false, "crlf", "/a/.env:1: CR LF", "correct the line"),
                new Oddity(false, "duplicate", "/a/.env:2: X", "remove one")));

        assertThat(answer.status()).isEqualTo(Status.WARN);
        assertThat(answer.message()).isEqualTo("/a/.env:1: CR LF; /a/.env:2: X");
        assertThat(answer.reason()).isEqualTo(new Reason("crlf"));
        assertThat(answer.hint()).contains("correct the line");
    }

    @Test
    void failsForAnOddityThatLosesASetting() throws Exception {
        assertThat(answer(ConfigFixture.files(
                                List.of("/a"), new Oddity(true, "unset_variable", "X is empty", "export Y")))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    private static Outcome answer(ConfigOptions options) throws Exception {
        return Answer.of(ConfigChecks.of(options), "config.parse");
    }
}
