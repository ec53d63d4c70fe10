package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.koda.checks.settings.PostgresDsn.Host;
import dev.koda.checks.settings.PostgresDsn.SslMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDsnTest {
    static Stream<Arguments> forms() {
        return Stream.of(
                arguments("postgresql://u:p@h:1/d", "h:1", "d", "u", "p"),
                arguments("postgres://u:p@h:1/d", "h:1", "d", "u", "p"),
                arguments("postgresql+asyncpg://u:p@h:1/d", "h:1", "d", "u", "p"),
                arguments("  postgresql://u:p@h:1/d\n", "h:1", "d", "u", "p"),
                arguments("postgresql://u:p@h/d", "h:5432", "d", "u", "p"),
                arguments("postgresql://u@h/d", "h:5432", "d", "u", null),
                arguments("postgresql://u:@h/d", "h:5432", "d", "u", null),
                arguments("postgresql://h/d", "h:5432", "d", "postgres", null),
                arguments("postgresql://u@h", "h:5432", "u", "u", null),
                arguments("postgresql://", "localhost:5432", "postgres", "postgres", null),
                arguments("postgresql://u:p%40%3A%2f%25@h/d%20b", "h:5432", "d b", "u", "p@:/%"),
                arguments("postgresql://u:p@w@h/d", "h:5432", "d", "u", "p@w"),
                arguments("postgresql://u:a+b@h/d", "h:5432", "d", "u", "a+b"),
                arguments("postgresql://u:p@[::1]:1/d", "[::1]:1", "d", "u", "p"),
                arguments("postgresql://[fd00::1]/d", "[fd00::1]:5432", "d", "postgres", null),
                arguments("postgresql://%2Frun%2Fpg/d", "/run/pg:5432", "d", "postgres", null),
                arguments("postgresql:///d?host=/run/pg&port=1", "/run/pg:1", "d", "postgres", null),
                arguments("postgresql://h/d?user=u&password=p", "h:5432", "d", "u", "p"),
                arguments("host=h port=1 dbname=d user=u password=p", "h:1", "d", "u", "p"),
                arguments("host=h dbname=d user=u password='a b\\'c'", "h:5432", "d", "u", "a b'c"),
                arguments("dbname = d user = u", "localhost:5432", "d", "u", null),
                arguments("hostaddr=10.0.0.1 dbname=d", "10.0.0.1:5432", "d", "postgres", null));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsEveryForm(String text, String host, String database, String user, String password) {
        var dsn = PostgresDsn.parse(text).orElseThrow();

        assertThat(dsn.host()).hasToString(host);
        assertThat(dsn.database()).isEqualTo(database);
        assertThat(dsn.user()).isEqualTo(user);
        assertThat(Optional.ofNullable(dsn.password()).map(Secret::reveal)).isEqualTo(Optional.ofNullable(password));
    }

    @Test
    void readsSeveralHosts() {
        assertThat(PostgresDsn.parse("postgresql://a:1,b,[::1]:3/d")
                        .orElseThrow()
                        .hosts())
                .isEqualTo(List.of(new Host("a", 1), new Host("b", 5432), new Host("::1", 3)));
        assertThat(PostgresDsn.parse("host=a,b port=6 dbname=d").orElseThrow().hosts())
                .isEqualTo(List.of(new Host("a", 6), new Host("b", 6)));
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=disable, DISABLE",
        "sslmode=allow, ALLOW",
        "sslmode=prefer, PREFER",
        "sslmode=require, REQUIRE",
        "sslmode=verify-ca, VERIFY_CA",
        "sslmode=VERIFY-FULL, VERIFY_FULL",
        "ssl=true, REQUIRE",
        "ssl=false, DISABLE",
        "application_name=x, PREFER"
    })
    void readsHowMuchTlsIsAskedFor(String query, SslMode expected) {
        assertThat(PostgresDsn.parse("postgres://h/d?" + query).orElseThrow().sslMode())
                .isEqualTo(expected);
    }

    @Test
    void keepsTheOtherParameters() {
        assertThat(PostgresDsn.parse("postgres://h/d?sslrootcert=%2Fca.pem&sslmode=require&options=-c%20x")
                        .orElseThrow()
                        .parameters())
                .containsExactly(entry("sslrootcert", "/ca.pem"), entry("options", "-c x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "mysql://h/d",
                "http://h",
                "postgres:/h/d",
                "postgres://h:0/d",
                "postgres://h:65536/d",
                "postgres://h:x/d",
                "postgres://[::1/d",
                "postgres://[zz]/d",
                "postgres://h/d?sslmode=maybe",
                "postgres://u:%zz@h/d",
                "postgres://u:%4@h/d",
                "postgres://u:%ff@h/d",
                "postgres://a b/d",
                "postgres://h/d?x",
                "host=h port=x",
                "password=x",
                "host=h dbname='x",
                "host=a,b port=1,2,3 dbname=d"
            })
    void refusesWhatIsNone(String text) {
        assertThat(PostgresDsn.parse(text)).isEmpty();
    }

    @Test
    void printsNoPassword() {
        assertThat(PostgresDsn.parse("postgres://user1:hunter22@h/d").orElseThrow())
                .hasToString("postgresql://h:5432/d");
    }

    @ParameterizedTest
    @CsvSource({"postgres, true", "SEAWEEDFS, true", "app, true", "db, false", "localhost, false"})
    void knowsTheNamesOfTheComposeNetwork(String host, boolean expected) {
        assertThat(KodaCompose.isServiceName(host)).isEqualTo(expected);
    }
}
