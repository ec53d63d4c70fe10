package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    /** Each leads to the credentials of a machine, by one of the disguises that filters have fallen for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://169.254.169.254:80/",
                "https://169.254.169.254/",
                "HTTP://169.254.169.254/",
                "http://user@169.254.169.254/",
                "http://example.com@169.254.169.254/",
                "http://example.com:80@169.254.169.254/",
                "http://169.254.169.254/?url=http://example.com",
                "http://169.254.169.254/#@example.com",
                "http://169.254.169.254:8080/",
                "http://169.254.170.2/v2/credentials",
                "http://169.254.0.1/",
                "http://169.254.255.255/",
                "http://[fe80::1]/",
                "http://[fe80::a9fe:a9fe]:80/",
                "http://[febf::1]/",
                "http://[FE80::1]/",
                "http://[fd00:ec2::254]/latest/",
                "http://[fd00:0ec2:0:0:0:0:0:254]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
                "http://[64:ff9b::169.254.169.254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[2002:a9fe:a9fe::1]/",
                "http://100.100.100.200/latest/meta-data/",
                "http://168.63.129.16/machine",
                "http://192.0.0.192/opc/v1/",
                "http://[::ffff:100.100.100.200]/",
                "http://[64:ff9b::6464:64c8]/",
                "http://[64:ff9b:1::a9fe:a9fe]/",
                "http://[fd00:ec2::23]/v1/credentials",
                "http://[fd20:ce::254]/computeMetadata/v1/",
                "http://[fd00:c1::a9fe:a9fe]/opc/v2/"
            })
    void refusesAnAddressBeforeItConnects(String url) {
        var result = get(URI.create(url), loopback.http());

        assertThat(reason(result)).isEqualTo("address_refused");
        assertThat(result.message()).contains("link-local").doesNotContain("meta-data/?");
    }

    /** What else is written for an address is no URL with a host, or a name that nobody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2852039166/",
                "http://0xA9FEA9FE/",
                "http://0251.0376.0251.0376/",
                "http://169.254.43518/",
                "http://169.16689662/",
                "gopher://169.254.169.254/",
                "file:///etc/passwd",
                "ftp://169.254.169.254/",
                "http:169.254.169.254",
                "http:///169.254.169.254/",
                "//169.254.169.254/",
                "jar:http://169.254.169.254!/"
            })
    void takesNoOtherSpellingForAnAddress(String text) {
        var url = URI.create(text);
        HttpTarget target;
        try {
            target = HttpTarget.get(url);
        } catch (IllegalArgumentException notOfHttp) {
            assertThat(notOfHttp).hasMessageContaining("not an absolute http or https URL");
            return;
        }
        var result = run(target, loopback.http());

        assertThat(reason(result)).isIn("dns_not_found", "address_refused");
    }

    @Test
    void looksAtEveryStepOfARedirect() {
        var asked = new AtomicInteger();
        var url = loopback.http(request -> {
            asked.incrementAndGet();
            request.response()
                    .setStatusCode(302)
                    .putHeader("Location", "http://169.254.169.254/latest/")
                    .end();
        });

        var result = run(HttpTarget.get(url).following(3, to -> true), loopback.http());

        assertThat(reason(result)).isEqualTo("address_refused");
        assertThat(asked).hasValue(1);
    }

    /** A name may mean one address when it is looked at, and another when it is used. */
    @Test
    void sendsNothingToTheAddressThatANameTurnsOutToMean() {
        var asked = new AtomicInteger();
        var port = loopback.http(request -> {
                    asked.incrementAndGet();
                    request.response().end("secret");
                })
                .getPort();
        var guarded = loopback.http().guardedBy(new AddressGuard(InetAddress::isLoopbackAddress));

        var result = get(URI.create("http://localhost:" + port + "/"), guarded);

        assertThat(reason(result)).isEqualTo("address_refused");
        assertThat(asked).hasValue(0);
    }

    @Test
    void leavesOtherAddressesAlone() throws UnknownHostException {
        var guard = AddressGuard.standard();

        for (var address : new String[] {
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "169.253.1.1",
            "169.255.1.1",
            "1.1.1.1",
            "::1",
            "fd00::1",
            "fc00::254",
            "2001:db8::1",
            "64:ff9b::a00:1",
            "2002:a00:1::1"
        }) {
            assertThat(guard.refuses(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
        assertThat(AddressGuard.none().refuses(InetAddress.getByName("169.254.169.254")))
                .isFalse();
        assertThat(guard.refusesHost("169.254.169.254.example.com")).isFalse();
    }

    private static CheckResult get(URI url, HttpFetch http) {
        return run(HttpTarget.get(url), http);
    }

    private static CheckResult run(HttpTarget target, HttpFetch http) {
        var spec = CheckSpec.of("network.guarded")
                .timeout(Duration.ofSeconds(20))
                .in(Suite.DOCTOR)
                .run(context -> http.outcome(target, context, answer -> Outcome.pass("answers")));
        return EngineRun.result(spec);
    }

    private static String reason(CheckResult result) {
        return Objects.requireNonNull(result.reason(), result::toString).code();
    }
}
