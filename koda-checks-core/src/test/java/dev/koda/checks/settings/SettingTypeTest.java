package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "250ms, PT0.25S",
        "90s, PT1M30S",
        "15m, PT15M",
        "24h, PT24H",
        "7d, PT168H",
        "1h30m, PT1H30M",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "5S, PT5S",
        "' 5s ', PT5S"
    })
    void readsDurations(String text, Duration expected) {
        assertThat(SettingType.DURATION.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "1.5s", "5s5m", "5y", "99999999999999999999s", "ms"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(SettingType.DURATION.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1024, 1024",
        "1b, 1",
        "1k, 1024",
        "1KiB, 1024",
        "1kB, 1000",
        "512MiB, 536870912",
        "10GB, 10000000000",
        "2 GiB, 2147483648",
        "1t, 1099511627776"
    })
    void readsSizes(String text, long expected) {
        assertThat(SettingType.SIZE.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5G", "1 parsec", "999999999999TiB", "9999999999999999999", "G"})
    void refusesWhatIsNoSize(String text) {
        assertThat(SettingType.SIZE.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8090, 8090", "65535, 65535", "' 80 ', 80"})
    void readsPorts(String text, int expected) {
        assertThat(SettingType.PORT.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "80a", "+80", "\u0661", "99999999999"})
    void refusesWhatIsNoPort(String text) {
        assertThat(SettingType.PORT.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "YES, true", "1, true", "on, true", "False, false", "no, false", "0, false", "off, false"
    })
    void readsBooleansAsKodaDoes(String text, boolean expected) {
        assertThat(SettingType.BOOLEAN.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "tru", "y"})
    void refusesWhatIsNoBoolean(String text) {
        assertThat(SettingType.BOOLEAN.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "https://h:443/p?q#f", "HTTP://127.0.0.1:1", "http://[::1]:8090"})
    void readsUrls(String text) {
        assertThat(SettingType.URL.parse(text)).hasValue(URI.create(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "/p",
                "//h",
                "ftp://h",
                "http://",
                "http:h",
                "http://h:0",
                "http://h:65536",
                "http://h/ x"
            })
    void refusesWhatIsNoUrl(String text) {
        assertThat(SettingType.URL.parse(text)).isEmpty();
    }

    @Test
    void whatADsnLooksLikeIsSaidInWordsThatNoRedactorTakesForASecret() {
        var expected = SettingType.POSTGRES_DSN.expected();

        assertThat(Redactor.byShape().redact(expected)).isEqualTo(expected);
    }

    @Test
    void readsListsAndNetworks() {
        assertThat(SettingType.LIST.parse(" a, b ,,c ")).hasValue(List.of("a", "b", "c"));
        assertThat(SettingType.NETWORKS.parse("10.0.0.0/8, ::1, fd00::/8, 1.2.3.4/32"))
                .hasValue(List.of("10.0.0.0/8", "::1", "fd00::/8", "1.2.3.4/32"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::1/129", "host", "10.0.0", "10.0.0.256", "10.0.0.0/", "10.0.0.0/a", "1:2"})
    void refusesWhatIsNoNetwork(String text) {
        assertThat(SettingType.NETWORKS.parse(text)).isEmpty();
    }

    @Test
    void readsTheRest() {
        assertThat(SettingType.SECONDS.parse("5.5")).hasValue(Duration.ofMillis(5500));
        assertThat(SettingType.SECONDS.parse("5s")).isEmpty();
        assertThat(SettingType.COUNT.parse("0")).hasValue(0);
        assertThat(SettingType.COUNT.parse("2147483648")).isEmpty();
        assertThat(SettingType.oneOf("koda", "none").parse("KODA")).hasValue("koda");
        assertThat(SettingType.oneOf("koda", "none").parse("kodo")).isEmpty();
        assertThat(SettingType.PATH.parse("a\0b")).isEmpty();
        assertThat(SettingType.PATHS.parse("a, b")).hasValue(List.of(Path.of("a"), Path.of("b")));
        assertThat(SettingType.PATHS.parse("a,b\0")).isEmpty();
        assertThat(SettingType.SECRET.parse(" x ")).hasValue(Secret.of(" x "));
    }

    @Test
    void findsTheNameThatWasMeant() {
        assertThat(KnownSettings.nearest("KODA_OPERATION_PORT")).hasValue("KODA_OPERATIONS_PORT");
        assertThat(KnownSettings.nearest("KODA_OEPRATIONS_PROT")).hasValue("KODA_OPERATIONS_PORT");
        assertThat(KnownSettings.nearest("koda_stack")).hasValue("KODA_STACK");
        assertThat(KnownSettings.nearest("KODA_SOMETHING_ELSE")).isEmpty();
    }

    @Test
    void everyDefaultIsOfItsType() {
        assertThat(KnownSettings.all())
                .hasSizeGreaterThan(100)
                .allSatisfy(setting -> setting.defaultText()
                        .ifPresent(
                                text -> assertThat(setting.type().parse(text)).isPresent()));
    }
}
