package dev.koda.checks.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.config.ConfigOptions.Switch;
import dev.koda.checks.testing.CheckContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductionCheckTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return ConfigChecks.of(ConfigFixture.clean());
    }

    @Override
    protected CheckId id() {
        return CheckId.of("config.production");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ConfigFixture.PLANTED);
    }

    @ParameterizedTest
    @CsvSource({
        "https://koda.example.com, PASS",
        "HTTPS://koda.example.com, PASS",
        "http://koda.example.com, FAIL",
        "HTTP://koda.example.com, FAIL",
        "http://8.8.8.8:3000, FAIL",
        "http://172.32.0.1, FAIL",
        "http://172.15.0.1, FAIL",
        "http://[2001:db8::1], FAIL",
        "http://localhost:3000, WARN",
        "http://127.0.0.1:3000, WARN",
        "http://10.1.2.3, WARN",
        "http://192.168.1.2, WARN",
        "http://172.16.0.1, WARN",
        "http://172.31.255.1, WARN",
        "http://[fd00::1], WARN",
        "http://[::1], WARN",
        "http://koda.internal, WARN",
        "http://koda.home.arpa, WARN",
        "http://koda, WARN",
        "http://10.example.com, FAIL"
    })
    void holdsThePublicUrlAgainstWhereItIsSeen(String url, Status expected) throws Exception {
        assertThat(answer(ConfigFixture.production(true, List.of(), url)).status())
                .isEqualTo(expected);
    }

    @Test
    void passesWithoutAPublicUrl() throws Exception {
        assertThat(answer(ConfigFixture.production(true, List.of(), null)).status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void failsForWhatIsFatalAndNamesWhatIsNotToo() throws Exception {
        var answer = answer(ConfigFixture.production(
                true, List.of(new Switch("A", false, "it is ignored"), new Switch("B", true, "it stops")), null));

        assertThat(answer).hasToString("fail: B is on in production: it stops; A is on in production: it is ignored");
        assertThat(answer.reason()).isEqualTo(new Reason("forbidden_in_production"));
        assertThat(answer.hint()).isEqualTo("remove B or set it to false");
    }

    @Test
    void warnsForWhatIsIgnored() throws Exception {
        assertThat(answer(ConfigFixture.production(true, List.of(new Switch("A", false, "x")), null))
                        .status())
                .isEqualTo(Status.WARN);
    }

    @Test
    void warnsIfAValueCannotBeJudged() throws Exception {
        var answer = answer(ConfigFixture.unreadable("X is not as expected, see config.values"));

        assertThat(answer).hasToString("warn: X is not as expected, see config.values");
        assertThat(answer.reason()).isEqualTo(new Reason("invalid_value"));
    }

    @Test
    void isSkippedOutsideProduction() throws Exception {
        var answer = answer(ConfigFixture.production(false, List.of(new Switch("B", true, "x")), "http://a.com"));

        assertThat(answer.isSkipped()).isTrue();
        assertThat(answer.message()).isEqualTo("the environment is staging, not production");
    }

    private static Outcome answer(ConfigOptions options) throws Exception {
        return Answer.of(ConfigChecks.of(options), "config.production");
    }
}
