package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.checks.tls.TlsTarget;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesTest {
    private static final String PASSWORD = "Zk3mWq8vTn2xRb7pLc5d";

    @TempDir
    Path directory;

    @Test
    void asksAUrlWithItsPortAndPath() {
        assertThat(CommandLines.curl(URI.create("https://koda.example:8443/ready/")))
                .hasToString("curl -sSi --max-time 5 https://koda.example:8443/ready/");
        assertThat(CommandLines.curl(URI.create("http://[::1]/")))
                .hasToString("curl -sSi --max-time 5 'http://[::1]/'");
    }

    @Test
    void showsNoPartOfAUrlThatMayBeSecret() {
        assertThat(CommandLines.curl(URI.create("https://a.example/hook?token=abc")))
                .isNull();
        assertThat(CommandLines.curl(URI.create("https://me:" + PASSWORD + "@a.example/")))
                .hasToString("curl -sSi --max-time 5 --user \"${USER_AND_PASSWORD}\" https://a.example/");
    }

    @Test
    void asksWithTheMethodHeadersAndRedirectsOfTheCheck() {
        var headers = new TreeMap<>(Map.of("Accept", "text/html", "X-Api-Key", PASSWORD, "2fa", PASSWORD));

        assertThat(CommandLines.curl(URI.create("https://a.example/"), "POST", headers, 3))
                .hasToString("curl -sSi --max-time 5 -X POST -L --max-redirs 3 -H \"2fa: ${_2FA}\""
                        + " -H 'Accept: text/html' -H \"X-Api-Key: ${X_API_KEY}\" https://a.example/");
        assertThat(CommandLines.curl(URI.create("https://a.example/"), "HEAD", Map.of(), 0))
                .hasToString("curl -sSI --max-time 5 https://a.example/");
    }

    @Test
    void asksPostgresWithoutItsPassword() {
        var dsn = PostgresDsn.parse("postgresql://o'brien:" + PASSWORD
                        + "@db.example:5433/ko%20da?sslmode=verify-full&sslrootcert=/etc/ca.pem")
                .orElseThrow();

        assertThat(CommandLines.psql(dsn, "SELECT 1"))
                .hasToString("psql 'host=db.example port=5433 dbname='\\''ko da'\\'' user='\\''o\\'\\''brien'\\''"
                        + " sslmode=verify-full sslrootcert=/etc/ca.pem connect_timeout=5' -c 'SELECT 1'");
        assertThat(CommandLines.isReady(dsn)).hasToString("pg_isready -t 5 -h db.example -p 5433");
    }

    @Test
    void asksAStoreWithTheSignatureThatItWants() {
        assertThat(CommandLines.s3(URI.create("http://127.0.0.1:8333"), "us-east-1", "koda"))
                .hasToString("curl -sSi --max-time 5 --aws-sigv4 aws:amz:us-east-1:s3"
                        + " -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --user"
                        + " \"${S3_ACCESS_KEY_ID}:${S3_SECRET_ACCESS_KEY}\""
                        + " 'http://127.0.0.1:8333/koda?list-type=2&max-keys=1'");
    }

    @Test
    void asksForTheRulesOfABucketAndAsAStranger() {
        assertThat(CommandLines.s3Lifecycle(URI.create("http://127.0.0.1:8333"), "us-east-1", "koda"))
                .hasToString("curl -sS --max-time 5 --aws-sigv4 aws:amz:us-east-1:s3"
                        + " -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --user"
                        + " \"${S3_ACCESS_KEY_ID}:${S3_SECRET_ACCESS_KEY}\""
                        + " 'http://127.0.0.1:8333/koda?lifecycle'");
        assertThat(CommandLines.s3AsStranger(URI.create("http://127.0.0.1:8333"), "koda"))
                .hasToString("curl -sS -o /dev/null -w '%{http_code}\\n' --max-time 5"
                        + " 'http://127.0.0.1:8333/koda?list-type=2&max-keys=1'");
    }

    @Test
    void asksForTheCertificatesOfAnAddressOrAName() {
        assertThat(CommandLines.certificates(TlsTarget.of("koda.example", 443)))
                .hasToString(
                        "openssl s_client -connect koda.example:443 -showcerts -servername koda.example </dev/null");
        assertThat(CommandLines.certificates(TlsTarget.postgres("10.0.0.7", 5432)))
                .hasToString("openssl s_client -connect 10.0.0.7:5432 -showcerts -starttls postgres </dev/null");
        assertThat(CommandLines.certificates(TlsTarget.of("::1", 443)))
                .hasToString("openssl s_client -connect '[::1]:443' -showcerts </dev/null");
    }

    @Test
    void everyCheckOfAServiceOfKodaOffersOneAndNoneHoldsASecret() throws Exception {
        Files.writeString(directory.resolve("koda.yaml"), """
                version: 1
                checks:
                  - {id: shop.home, http: {url: "https://shop.example/", headers: {Authorization: "Bearer %1$s"}}}
                  - {id: shop.port, tcp: {host: shop.example, port: 25}}
                  - {id: shop.name, dns: {host: shop.example}}
                  - {id: shop.room, disk: {path: /}}
                  - {id: shop.bucket, s3: {endpoint: "http://h", bucket: b, access_key: k, secret_key: %1$s}}
                """.formatted(PASSWORD));
        var environment = new HashMap<>(Map.of(
                "KODA_STACK", "koda",
                "POSTGRES_PASSWORD", PASSWORD,
                "KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://koda:" + PASSWORD + "@db.example/koda",
                "S3_ACCESS_KEY_ID", "Hg6tYs1wQa9eUf4kNj0o",
                "S3_SECRET_ACCESS_KEY", "Vb2nMx7cLz4aKs9dJf6g",
                "KODA_OPERATIONS_PORT", "8091",
                "WEB_PUBLIC_BASE_URL", "https://koda.example",
                "STATE_ROOT_DIR", "/srv/koda",
                "OPENAI_API_KEY", "sk-" + PASSWORD));
        environment.put("KODA_OBJECT_STORAGE_QUOTA", "50GiB");
        environment.put("KODA_OBJECT_STORAGE_CAPACITY_URL", "http://127.0.0.1:9333/vol/status");
        environment.put("KODA_OBJECT_STORAGE_CAPACITY_TOKEN", PASSWORD);
        var settings = Settings.load(SettingsSources.of(directory, environment));
        var specs = KodaStack.of(settings, StackClients.of("host", "test", new VirtualTime()), new VirtualTime(), null)
                .specs();

        var lines = specs.stream()
                .filter(spec -> spec.command() != null)
                .collect(
                        Collectors.toMap(spec -> spec.id().toString(), spec -> Objects.requireNonNull(spec.command())));
        assertThat(specs.stream()
                        .filter(CommandLinesTest::asksAService)
                        .map(spec -> spec.id().toString()))
                .isNotEmpty()
                .isSubsetOf(lines.keySet());
        assertThat(lines.keySet()).contains("shop.home", "shop.port", "shop.name", "shop.room", "shop.bucket");
        assertThat(lines.values())
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(PASSWORD, "Hg6tYs1wQa9eUf4kNj0o", "Vb2nMx7cLz4aKs9dJf6g")
                        .doesNotContain("\n"));
    }

    private static boolean asksAService(CheckSpec spec) {
        return spec.id()
                        .name()
                        .matches("(postgres|object-store|dashboard|control-plane|tls|disk|provider)\\..*|network.dns")
                || spec.id().name().equals("runtime.readiness");
    }
}
