package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.koda.checks.CheckId;
import dev.koda.checks.Suite;
import dev.koda.checks.Threshold;
import dev.koda.checks.settings.CheckKind.Statuses;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What koda.yaml says under {@code checks} and {@code suppress}. */
class CustomCheckTest {
    private static final Path FILE = Path.of("koda.yaml");
    private static final String S3 = "- {id: a.b, s3: {endpoint: 'http://h', bucket: b, ";

    private static final Map<String, String> VARIABLES =
            Map.of("HOST", "billing.internal", "BILLING_TOKEN", "t0ken-of-billing", "PORT", "5672");

    @Test
    void readsAllCommonKeys() {
        var check = only("""
                - id: billing.api
                  title: Billing answers
                  timeout: 1500ms
                  every: 30s
                  suites: [readiness, doctor]
                  critical: false
                  fail_closed: yes
                  unavailable: billing_unavailable
                  depends_on: ["disk.space[/]", postgres.tcp]
                  hint: call the billing team
                  thresholds: {warn: 250, fail: 1000.5}
                  tcp: {host: "${HOST}", port: "${PORT}"}
                """);

        assertThat(check)
                .isEqualTo(new CustomCheck(
                        new CustomCheck.Place(FILE, 3, 7),
                        CheckId.of("billing.api"),
                        "Billing answers",
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(30),
                        Set.of(Suite.READINESS, Suite.DOCTOR),
                        false,
                        true,
                        "billing_unavailable",
                        List.of(new CheckId("disk.space", "/"), CheckId.of("postgres.tcp")),
                        "call the billing team",
                        250.0,
                        1000.5,
                        new CheckKind.Tcp("billing.internal", 5672)));
    }

    @Test
    void needsOnlyAnIdAndWhatToAsk() {
        var check = only("- {id: a.b, disk: {path: /var}}");

        assertThat(check.suites()).containsExactly(Suite.DOCTOR);
        assertThat(check.critical()).isTrue();
        assertThat(check.failClosed()).isFalse();
        assertThat(check.kind()).isEqualTo(new CheckKind.Disk(Path.of("/var")));
    }

    @Test
    void readsARequestAndWhatMustComeBack() {
        var http = (CheckKind.Http) only("""
                - id: billing.api
                  http:
                    url: "https://${HOST}/rpc"
                    method: post
                    headers: {Authorization: "Bearer ${BILLING_TOKEN}"}
                    body: '{"method": "ping"}'
                    expect:
                      status: [200, 300-399]
                      headers: {Content-Type: application/json}
                      contains: pong
                      matches: '^v\\d+'
                      json: {/status: pass, /workers/0/up: true, /n: 3, "": x}
                """).kind();

        assertThat(http.url()).isEqualTo(URI.create("https://billing.internal/rpc"));
        assertThat(http.method()).isEqualTo("POST");
        assertThat(http.headers()).containsEntry("Authorization", "Bearer t0ken-of-billing");
        assertThat(http.body()).isEqualTo("{\"method\": \"ping\"}");
        assertThat(http.expect().statuses()).containsExactly(new Statuses(200, 200), new Statuses(300, 399));
        assertThat(http.expect().headers()).containsEntry("Content-Type", "application/json");
        assertThat(http.expect().contains()).isEqualTo("pong");
        assertThat(String.valueOf(http.expect().matches())).isEqualTo("^v\\d+");
        assertThat(http.expect().json())
                .isEqualTo(Map.of("/status", "pass", "/workers/0/up", "true", "/n", "3", "", "x"));
    }

    @Test
    void readsAStatusAlone() {
        var http = (CheckKind.Http) only("- {id: a.b, http: {url: 'http://h/', expect: 204, redirects: 3}}")
                .kind();

        assertThat(http.expect().statuses()).containsExactly(new Statuses(204, 204));
        assertThat(http.redirects()).isEqualTo(3);
    }

    @Test
    void readsTheOtherKinds() {
        assertThat(only("- {id: a.b, dns: {host: h.example, addresses: 192.0.2.1}}")
                        .kind())
                .isEqualTo(new CheckKind.Dns("h.example", Set.of("192.0.2.1")));
        assertThat(only("- {id: a.b, secret: {setting: STRIPE_KEY, strength: key}}")
                        .kind())
                .isEqualTo(new CheckKind.SecretSetting("STRIPE_KEY", "key"));
        assertThat(only("- {id: a.b, exec: {command: [/usr/bin/check, -p, 5672], env: {LC_ALL: C}}}")
                        .kind())
                .isEqualTo(new CheckKind.Exec(List.of("/usr/bin/check", "-p", "5672"), Map.of("LC_ALL", "C")));
        assertThat(only("- {id: a.b, tls: {host: \"${HOST}\", port: 443}}").kind())
                .isEqualTo(new CheckKind.Tls("billing.internal", 443, null, false, null));
        assertThat(only("- {id: a.b, tls: {host: '::1', port: 5432, server_name: db.example, starttls: postgres, "
                                + "roots: /etc/ca.pem}, thresholds: {warn: 21, fail: 7}}")
                        .kind())
                .isEqualTo(new CheckKind.Tls("::1", 5432, "db.example", true, Path.of("/etc/ca.pem")));
    }

    @Test
    void readsAQueryAndWhereItIsAsked() {
        var check = only("""
                - id: billing.open
                  postgres:
                    query: SELECT count(*) FROM invoices
                    dsn: postgresql://koda:${BILLING_TOKEN}@${HOST}/billing
                    unit: open invoices
                    direction: below
                  thresholds: {warn: 2000000, fail: 10}
                """);

        var asked = (CheckKind.Postgres) check.kind();
        assertThat(asked.query()).isEqualTo("SELECT count(*) FROM invoices");
        assertThat(String.valueOf(asked.dsn())).isEqualTo("postgresql://billing.internal:5432/billing");
        assertThat(asked.unit()).isEqualTo("open invoices");
        assertThat(asked.direction()).isEqualTo(Threshold.Direction.BELOW);
        assertThat(asked).hasToString("postgres");
        assertThat(check.warn()).isEqualTo(2e6);
        assertThat(only("- {id: a.b, postgres: {query: SELECT 1}}").kind())
                .isEqualTo(new CheckKind.Postgres("SELECT 1", null, null, "units", Threshold.Direction.ABOVE));
        assertThat(only("- {id: a.b, postgres: {query: SELECT 1, setting: BILLING_DSN}}")
                        .kind())
                .isEqualTo(new CheckKind.Postgres("SELECT 1", null, "BILLING_DSN", "units", Threshold.Direction.ABOVE));
    }

    @Test
    void keepsTheSecretsOfADsn() {
        var file = parse("checks:\n- {id: a.b, postgres: {query: SELECT 1, dsn: 'postgres://u:hunter22hunter22@h/d'}}");

        assertThat(file.secretValues()).contains("hunter22hunter22");
        assertThat(file.mentions("X")).isFalse();
        assertThat(parse("checks:\n- {id: a.b, postgres: {query: SELECT 1, setting: X}}")
                        .mentions("X"))
                .isTrue();
    }

    @Test
    void readsWhenAHeartbeatIsExpected() {
        assertThat(only("- {id: a.b, heartbeat: {every: 24h, grace: 2h}}").kind())
                .isEqualTo(new CheckKind.Heartbeat(Duration.ofDays(1), Duration.ofHours(2)));
        assertThat(only("- {id: a.b, heartbeat: {every: 300d}}").kind())
                .isEqualTo(new CheckKind.Heartbeat(Duration.ofDays(300), Duration.ofDays(30)));
    }

    @Test
    void readsABucketWithItsKeysOutOfVariables() {
        var check = only("""
                - id: a.b
                  thresholds: {warn: 26, fail: 50.5}
                  s3:
                    endpoint: https://s3.example.com:9000
                    region: eu-central-1
                    bucket: backups
                    access_key: "${HOST}"
                    secret_key: "${BILLING_TOKEN}"
                    prefix: pg/
                """);

        assertThat(check.kind())
                .isEqualTo(new CheckKind.S3(
                        URI.create("https://s3.example.com:9000"),
                        "eu-central-1",
                        "backups",
                        Secret.of("billing.internal"),
                        Secret.of("t0ken-of-billing"),
                        "pg/"));
        assertThat(check.warn()).isEqualTo(26.0);
        assertThat(check.fail()).isEqualTo(50.5);
    }

    @Test
    void aBucketNeedsNeitherRegionNorPrefixAndItsKeysMayBeUnset() {
        var s3 = (CheckKind.S3)
                only(S3 + "access_key: '${UNSET:-}', secret_key: ''}}").kind();

        assertThat(s3.region()).isEqualTo("us-east-1");
        assertThat(s3.prefix()).isNull();
        assertThat(s3.accessKey().length()).isZero();
        assertThat(s3.secretKey().length()).isZero();
    }

    @Test
    void readsSuppressions() {
        var file = parse("suppress:\n- {check: 'disk.space[/]', reason: new disk on Monday, until: 2026-12-31}");

        assertThat(file.suppressions())
                .containsExactly(new Suppression(
                        new CheckId("disk.space", "/"), "new disk on Monday", LocalDate.of(2026, 12, 31)));
    }

    static Stream<Arguments> mistakes() {
        var kinds = String.join(", ", KindReader.KINDS);
        return Stream.of(
                arguments("checks: {}", 2, 9, "checks must be a list of checks", null),
                arguments(
                        "checks: [x]",
                        2,
                        10,
                        "a check must hold an id and what it asks, such as {id: a.b, "
                                + "tcp: {host: localhost, port: 22}}",
                        null),
                arguments("checks:\n- {tcp: {host: h, port: 1}}", 3, 3, "a check has no id", null),
                arguments("checks:\n- {id: a.b}", 3, 3, "a check asks nothing; give it one of " + kinds, null),
                arguments(
                        "checks:\n- {id: a.b, tcp: {host: h, port: 1}, dns: {host: h}}",
                        3,
                        3,
                        "a check asks one thing, not tcp and dns",
                        null),
                arguments(
                        "checks:\n- {id: a.b, htpt: {url: 'http://h'}, tcp: {host: h, port: 1}}",
                        3,
                        13,
                        "unknown key of a check 'htpt'; there is " + String.join(", ", CustomCheckReader.COMMON) + ", "
                                + kinds,
                        "http"),
                arguments(
                        check("id: Nope"), 3, 8, "id must be of the form group.kebab-case, such as billing.api", null),
                arguments(
                        check("id: disk.space"),
                        3,
                        8,
                        "the group disk is that of built-in checks; take another one, such as custom.space",
                        null),
                arguments(
                        check("id: a.b, timeout: soon"),
                        3,
                        22,
                        "timeout must be a duration such as 250ms, 90s, 15m or 24h",
                        null),
                arguments(check("id: a.b, every: 0"), 3, 20, "every must be more than 0 and at most a day", null),
                arguments(
                        check("id: a.b, suites: [doctr]"),
                        3,
                        21,
                        "unknown suite 'doctr'; there is readiness, doctor, hardening",
                        "doctor"),
                arguments(
                        check("id: a.b, suites: []"),
                        3,
                        21,
                        "suites must name at least one of readiness, doctor, hardening",
                        null),
                arguments(check("id: a.b, critical: maybe"), 3, 23, "critical must be true or false", null),
                arguments(
                        check("id: a.b, unavailable: No-Word"),
                        3,
                        26,
                        "unavailable must be a word such as billing_unavailable",
                        null),
                arguments(
                        check("id: a.b, depends_on: x"),
                        3,
                        25,
                        "depends_on must be the id of a check, such as disk.space or disk.space[STATE_ROOT_DIR]",
                        null),
                arguments(
                        check("id: a.b, thresholds: {warn: 5, fail: 1}"),
                        3,
                        25,
                        "the limits are the wrong way round: it must warn before it fails",
                        null),
                arguments(
                        check("id: a.b, thresholds: {wran: 5}"),
                        3,
                        26,
                        "unknown key of thresholds 'wran'; there is warn, fail",
                        "warn"),
                arguments(
                        "checks:\n- {id: a.b, disk: {path: /}, thresholds: {warn: 5, fail: 10}}",
                        3,
                        42,
                        "the limits are the wrong way round: it must warn before it fails",
                        null),
                arguments(
                        "checks:\n- {id: a.b, exec: {command: [x]}, thresholds: {warn: 5}}",
                        3,
                        47,
                        "a check of kind exec has no thresholds",
                        null),
                arguments("checks:\n- {id: a.b, tcp: {host: h}}", 3, 18, "tcp has no port", null),
                arguments(
                        "checks:\n- {id: a.b, tcp: {host: h, port: 0}}",
                        3,
                        34,
                        "port must be a port from 1 to 65535",
                        null),
                arguments("checks:\n- {id: a.b, tls: {host: h}}", 3, 18, "tls has no port", null),
                arguments("checks:\n- {id: a.b, tls: {port: 1}}", 3, 18, "tls has no host", null),
                arguments(
                        "checks:\n- {id: a.b, tls: {host: h, port: 1, servername: x}}",
                        3,
                        37,
                        "unknown key of tls 'servername'; there is host, port, server_name, starttls, roots",
                        "server_name"),
                arguments(
                        "checks:\n- {id: a.b, tls: {host: h, port: 1, starttls: smtp}}",
                        3,
                        47,
                        "starttls must be one of postgres",
                        null),
                arguments(
                        "checks:\n- {id: a.b, tls: {host: 'https://h', port: 1}}",
                        3,
                        25,
                        "host must be a name or an address without brackets",
                        null),
                arguments(
                        "checks:\n- {id: a.b, tls: {host: h, port: 1, roots: ca.pem}}",
                        3,
                        44,
                        "roots must be absolute",
                        null),
                arguments(
                        "checks:\n- {id: a.b, tls: {host: h, port: 1}, thresholds: {warn: 7, fail: 30}}",
                        3,
                        50,
                        "the limits are the wrong way round: it must warn before it fails",
                        null),
                arguments("checks:\n- {id: a.b, tcp: {host: a b, port: 1}}", 3, 25, "host must be one word", null),
                arguments("checks:\n- {id: a.b, disk: {path: var}}", 3, 26, "path must be absolute", null),
                arguments("checks:\n- {id: a.b, secret: {}}", 3, 21, "secret has no setting", null),
                arguments("checks:\n- {id: a.b, s3: {}}", 3, 17, "s3 has no endpoint", null),
                arguments("checks:\n- {id: a.b, s3: {}}", 3, 17, "s3 has no bucket", null),
                arguments("checks:\n" + S3 + "access_key: a}}", 3, 17, "s3 has no secret_key", null),
                arguments(
                        "checks:\n" + S3 + "acess_key: a, secret_key: b}}",
                        3,
                        51,
                        "unknown key of s3 'acess_key'; there is " + String.join(", ", S3Reader.KEYS),
                        "access_key"),
                arguments(
                        "checks:\n- {id: a.b, s3: {endpoint: ftp://h, bucket: b, access_key: a, secret_key: b}}",
                        3,
                        28,
                        "endpoint must be an absolute URL that begins with http:// or https://",
                        null),
                arguments(
                        "checks:\n- {id: a.b, s3: {endpoint: 'http://h', bucket: b/c, access_key: a, secret_key: b}}",
                        3,
                        48,
                        "bucket must be the name of a bucket",
                        null),
                arguments(
                        "checks:\n" + S3 + "access_key: a, secret_key: b}, thresholds: {warn: 1}}",
                        3,
                        94,
                        "thresholds of s3 are the age of the newest object under a prefix, and there is no prefix",
                        null),
                arguments(
                        "checks:\n" + S3 + "access_key: a, secret_key: b, prefix: ''}, thresholds: {warn: 2, fail: 1}}",
                        3,
                        106,
                        "the limits are the wrong way round: it must warn before it fails",
                        null),
                arguments(
                        "checks:\n- {id: a.b, dns: {host: h, addresses: [h2]}}",
                        3,
                        39,
                        "addresses must be numbers such as 192.0.2.1 or 2001:db8::1",
                        null),
                arguments(
                        "checks:\n- {id: a.b, exec: {command: [./x]}}",
                        3,
                        29,
                        "exec needs a command: a list of a program and its arguments, the program with an absolute path "
                                + "or a bare name",
                        null),
                arguments("checks:\n- {id: a.b, postgres: {unit: x}}", 3, 23, "postgres has no query", null),
                arguments(
                        postgres("dsn: mysql://h/d"),
                        3,
                        46,
                        "dsn must be " + SettingType.POSTGRES_DSN.expected(),
                        null),
                arguments(
                        postgres("dsn: 'postgres://h/d', setting: X"),
                        3,
                        23,
                        "postgres has a dsn or the name of a setting that holds one, not both",
                        null),
                arguments(
                        postgres("direction: belo"), 3, 52, "unknown direction 'belo'; there is above, below", "below"),
                arguments(
                        postgres("unit: 7"),
                        3,
                        47,
                        "unit must be a plain word in plural, such as invoices, of at most 40 characters",
                        null),
                arguments(
                        postgres("querry: x"),
                        3,
                        41,
                        "unknown key of postgres 'querry'; there is " + String.join(", ", PostgresReader.KEYS),
                        "query"),
                arguments(
                        "checks:\n- {id: a.b, postgres: {query: q, unit: files}, thresholds: {warn: x}}",
                        3,
                        67,
                        "the limit warn must be a number of files from 0",
                        null),
                arguments(
                        "checks:\n- {id: a.b, postgres: {query: q, direction: below}, thresholds: {warn: 1, fail: 2}}",
                        3,
                        65,
                        "the limits are the wrong way round: it must warn before it fails",
                        null),
                arguments("checks:\n- {id: a.b, heartbeat: {grace: 1h}}", 3, 24, "heartbeat has no every", null),
                arguments("checks:\n- {id: a.b, heartbeat: {every: 0}}", 3, 32, "every must be more than 0", null),
                arguments(
                        "checks:\n- {id: a.b, heartbeat: {every: 400d}}",
                        3,
                        32,
                        "every must be at most 366 days",
                        null),
                arguments(
                        "checks:\n- {id: a.b, heartbeat: {evry: 1h, every: 1h}}",
                        3,
                        25,
                        "unknown key of heartbeat 'evry'; there is every, grace",
                        "every"),
                arguments(
                        "checks:\n- {id: a.b, heartbeat: {every: 1h}, thresholds: {warn: 1}}",
                        3,
                        49,
                        "a check of kind heartbeat has no thresholds",
                        null),
                arguments("checks:\n- {id: a.b, http: {}}", 3, 19, "http has no url", null),
                arguments(
                        http("url: ftp://h"),
                        3,
                        25,
                        "url must be an absolute URL that begins with http:// or https://",
                        null),
                arguments(
                        http("url: 'http://h', method: DELETE"),
                        3,
                        45,
                        "unknown method 'DELETE'; there is GET, HEAD, POST",
                        null),
                arguments(http("url: 'http://h', body: x"), 3, 43, "only a POST has a body", null),
                arguments(
                        http("url: 'http://h', redirects: 11"),
                        3,
                        48,
                        "redirects must be from 0 to 10, and 0 with a POST",
                        null),
                arguments(
                        http("url: 'http://h', headers: {A: \"x\\ny\"}"),
                        3,
                        46,
                        "headers must be names such as Accept with a text on one line",
                        null),
                arguments(
                        http("url: 'http://h', expect: 299-200"),
                        3,
                        45,
                        "a status must be a number such as 200 or a range such as 200-299",
                        null),
                arguments(
                        http("url: 'http://h', expect: {matches: '('}"),
                        3,
                        55,
                        "matches is no pattern: Unclosed group near index 1",
                        null),
                arguments(
                        http("url: 'http://h', expect: {json: {status: x}}"),
                        3,
                        52,
                        "json must hold pointers such as /status or /workers/0/ready",
                        null),
                arguments(
                        "suppress:\n- {check: config.suppress, reason: quiet, until: 2026-12-31}",
                        3,
                        11,
                        "config.suppress watches over these entries, and cannot be suppressed",
                        null),
                arguments("suppress: {}", 2, 11, "suppress must be a list of entries", null),
                arguments(
                        "suppress:\n- {check: a.b, until: 2026-12-31}",
                        3,
                        3,
                        "an entry of suppress has no reason",
                        null),
                arguments(
                        "suppress:\n- {check: a.b, reason: x, until: soon}",
                        3,
                        34,
                        "until must be a day such as 2026-12-31",
                        null),
                arguments(
                        "suppress:\n- {chek: a.b, check: a.b, reason: x, until: 2026-12-31}",
                        3,
                        4,
                        "unknown key of an entry of suppress 'chek'; there is check, reason, until",
                        "check"));
    }

    private static String check(String keys) {
        return "checks:\n- {" + keys + ", tcp: {host: h, port: 1}}";
    }

    private static String postgres(String more) {
        return "checks:\n- {id: a.b, postgres: {query: SELECT 1, " + more + "}}";
    }

    private static String http(String keys) {
        return "checks:\n- {id: a.b, http: {" + keys + "}}";
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesPlaceKindAndNearestNameOfAMistake(String text, int line, int column, String message, String nearest) {
        var place = problems(text).stream()
                .map(problem -> problem.line() + ":" + problem.column())
                .toList();

        assertThat(problems(text)).extracting(SettingsProblem::message).contains(message);
        assertThat(problems(text)).extracting(SettingsProblem::nearest).contains(nearest);
        assertThat(place).contains(line + ":" + column);
    }

    @Test
    void reportsAllMistakesAtOnce() {
        assertThat(problems("""
                checks:
                - {id: X, tcp: {host: h, port: 1}}
                - {id: a.b, tcp: {host: h}}
                - {id: a.b, tcp: {host: h, port: 1}, timeout: soon}
                suppress: [{check: a.b}]""")).extracting(SettingsProblem::line).containsExactly(3, 4, 5, 6, 6);
    }

    @Test
    void refusesTwoChecksOfOneIdAndChecksThatWaitForEachOther() {
        assertThat(problems("checks:\n- {id: a.b, dns: {host: h}}\n- {id: a.b, dns: {host: h}}"))
                .extracting(SettingsProblem::message)
                .containsExactly("there is another check a.b");
        assertThat(problems("""
                checks:
                - {id: a.a, dns: {host: h}, depends_on: a.b}
                - {id: a.b, dns: {host: h}, depends_on: [a.c, postgres.tcp]}
                - {id: a.c, dns: {host: h}, depends_on: a.b}"""))
                .extracting(SettingsProblem::message)
                .containsExactly("checks depend on each other in a circle: a.b -> a.c -> a.b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: {url: 'http://h', headers: {Authorization: 'Bearer hunter22hunter'}}",
                "http: {url: 'http://h', headers: {X-API-Key: hunter22hunter}}",
                "http: {url: 'http://u:hunter22hunter@h'}",
                "exec: {command: [x], env: {DB_PASSWORD: hunter22hunter}}",
                "s3: {endpoint: 'http://h', bucket: b, access_key: a, secret_key: hunter22hunter}",
                "s3: {endpoint: 'http://h', bucket: b, access_key: hunter22hunter, secret_key: b}",
                "s3: {endpoint: 'http://h', bucket: b, access_key: a, secret_key: '${MY_TOKEN}'}",
                "exec: {command: [x, '${MY_TOKEN}']}"
            })
    void knowsTheSecretsInItAndPrintsNone(String kind) {
        var file = StackFile.parse(
                FILE,
                ("version: 1\nchecks:\n- {id: a.b, " + kind + "}").getBytes(StandardCharsets.UTF_8),
                name -> name.equals("MY_TOKEN") ? "hunter22hunter" : null);

        assertThat(file.secretValues()).contains("hunter22hunter");
        assertThat(file.checks().toString()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {id: a.b, http: {url: 'hunter22'}}",
                "- {id: hunter22 hunter22, tcp: {host: h, port: hunter22}}",
                "- {id: a.b, http: {url: 'http://h', headers: {'A B': hunter22}, expect: {matches: '(hunter22'}}}",
                "- {id: a.b, exec: {command: ['./hunter22']}}",
                "- {id: a.b, timeout: hunter22, depends_on: hunter22, secret: {setting: X, strength: hunter22}}",
                "- hunter22"
            })
    void quotesNoValueWhenItComplains(String check) {
        assertThat(problems("checks:\n" + check))
                .isNotEmpty()
                .noneMatch(problem -> problem.toString().contains("hunter22"));
    }

    private static CustomCheck only(String checks) {
        var file = parse("checks:\n" + checks);
        assertThat(file.checks()).hasSize(1);
        return file.checks().get(0);
    }

    private static StackFile parse(String text) {
        return StackFile.parse(FILE, ("version: 1\n" + text).getBytes(StandardCharsets.UTF_8), VARIABLES::get);
    }

    private static List<SettingsProblem> problems(String text) {
        return catchThrowableOfType(SettingsException.class, () -> parse(text)).problems();
    }
}
