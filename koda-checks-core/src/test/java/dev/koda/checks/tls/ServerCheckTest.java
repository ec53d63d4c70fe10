package dev.koda.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerCheckTest {
    private static final TlsServer SERVERS = new TlsServer();
    private static final Issued ROOT = root();
    private static final String SELF = "127.0.0.1";

    @TempDir
    static Path directory;

    private static TlsOptions trusting;

    private static Issued root() {
        try {
            return Issued.root("Our authority");
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeAll
    static void trustTheRoot() throws Exception {
        trusting = TlsOptions.DEFAULT.roots(Files.writeString(directory.resolve("roots.pem"), ROOT.leafPem()));
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    static Stream<Arguments> goodOnes() throws Exception {
        var intermediate = intermediate().issue();
        return Stream.of(
                arguments("in order", leaf().issue()),
                arguments(
                        "under an intermediate",
                        intermediate.sign("leaf").names(SELF).issue()),
                arguments("90 days of which 25 are left", leaf().days(-65, 25).issue()),
                arguments("6 days of which 2 are left", leaf().days(-4, 2).issue()),
                arguments("with RSA 2048", leaf().rsa(2048).issue()),
                arguments(
                        "with many names",
                        ROOT.sign("leaf").names("a.example", "localhost", SELF).issue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodOnes")
    void passesACertificate(String what, Issued presented) {
        var result = run(SERVERS.presenting(presented.chainPem(), presented), trusting);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).contains(" days more");
    }

    static Stream<Arguments> badOnes() throws Exception {
        var intermediate = intermediate().issue();
        var expiredAbove = intermediate().days(-400, -1).issue();
        var endingAbove = intermediate().days(-400, 20).issue();
        var weakAbove = intermediate().rsa(1024).issue();
        var unknown = Issued.root("Somebody else");
        var rsaRoot = intermediate().rsa(2048).issue();
        return Stream.of(
                bad("expired", leaf().days(-90, -3), Status.FAIL, "tls_expired"),
                bad("not valid yet", leaf().days(2, 92), Status.FAIL, "tls_not_yet_valid"),
                bad("valid in a minute", leaf().days(0.0007, 90), Status.WARN, "tls_not_yet_valid"),
                bad("90 days of which 22 are left", leaf().days(-68, 22), Status.WARN, "tls_expires_soon"),
                bad("90 days of which 6 are left", leaf().days(-84, 6), Status.FAIL, "tls_expires_soon"),
                bad("a year of which 29 days are left", leaf().days(-336, 29), Status.WARN, "tls_expires_soon"),
                bad("6 days of which 1 is left", leaf().days(-5, 1), Status.WARN, "tls_expires_soon"),
                bad("6 days of which half of one is left", leaf().days(-5.5, 0.5), Status.FAIL, "tls_expires_soon"),
                bad("signed by itself", Issued.alone("leaf").names(SELF), Status.FAIL, "tls_self_signed"),
                bad("of an unknown authority", unknown.sign("leaf").names(SELF), Status.FAIL, "tls_untrusted"),
                bad("for another host", ROOT.sign("leaf").names("other.example"), Status.FAIL, "tls_hostname"),
                bad("whose name is only the common one", ROOT.sign(SELF), Status.FAIL, "tls_hostname"),
                bad("with RSA 1024", leaf().rsa(1024), Status.FAIL, "tls_weak_key"),
                bad("signed with SHA-1", leaf().digest("SHA1"), Status.FAIL, "tls_weak_signature"),
                bad(
                        "signed with MD5",
                        rsaRoot.sign("leaf").names(SELF).digest("MD5"),
                        Status.FAIL,
                        "tls_weak_signature"),
                bad("for mail only", leaf().forMailOnly(), Status.FAIL, "tls_certificate"),
                bad("under an expired one", expiredAbove.sign("leaf").names(SELF), Status.FAIL, "tls_expired"),
                bad("under one that ends soon", endingAbove.sign("leaf").names(SELF), Status.WARN, "tls_expires_soon"),
                bad("under a weak key", weakAbove.sign("leaf").names(SELF), Status.FAIL, "tls_weak_key"),
                leafOnly(
                        "without its intermediate",
                        intermediate.sign("leaf").pointingToItsIssuer(),
                        "tls_chain_incomplete"),
                leafOnly("without a private one", intermediate.sign("leaf"), "tls_untrusted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOnes")
    void givesOneReasonForACertificate(String what, String chainPem, Issued presented, Status status, String reason) {
        var result = run(SERVERS.presenting(chainPem, presented), trusting);

        assertThat(result.reason()).as(result.message()).isEqualTo(new Reason(reason));
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.message()).as("one fault").doesNotContain("; ");
        assertThat(result.outcome().hint()).isNotBlank();
    }

    @Test
    void saysEverythingThatIsWrongTheWorstFirst() throws Exception {
        var presented = Issued.root("X")
                .sign("leaf")
                .names("other.example")
                .days(-80, 20)
                .issue();

        var result = run(SERVERS.presenting(presented.chainPem(), presented), trusting);

        assertThat(result.reason()).isEqualTo(new Reason("tls_untrusted"));
        assertThat(result.message())
                .contains("not trusted here; ", "made out to other.example; ", "expires in 19.9 days");
    }

    @Test
    void countsTheDaysThatAreLeft() throws Exception {
        var presented = leaf().days(-50, 50).issue();

        var observed = run(SERVERS.presenting(presented.chainPem(), presented), trusting)
                .outcome()
                .observed();

        assertThat(observed.get("remaining")).extracting(Observed::value).isEqualTo(49.9);
        assertThat(observed.get("not_after"))
                .extracting(Observed::value)
                .isEqualTo(presented.certificate().getNotAfter().toInstant().getEpochSecond());
    }

    @Test
    void takesItsLimitsFromTheOptions() throws Exception {
        var presented = leaf().days(-335, 30.5).issue();
        int port = SERVERS.presenting(presented.chainPem(), presented);

        assertThat(run(port, trusting).status()).isEqualTo(Status.PASS);
        assertThat(run(port, trusting.days(60, 7)).status()).isEqualTo(Status.WARN);
        assertThat(run(port, trusting.days(60, 31)).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void trustsOnlyWhatIsTrustedHere() throws Exception {
        var presented = leaf().issue();

        assertThat(run(SERVERS.presenting(presented.chainPem(), presented), TlsOptions.DEFAULT)
                        .reason())
                .isEqualTo(new Reason("tls_untrusted"));
    }

    @Test
    void acceptsACertificateThatIsItselfAmongTheTrusted(@TempDir Path here) throws Exception {
        var alone = Issued.alone("leaf").names(SELF).issue();
        var roots = Files.writeString(here.resolve("roots.pem"), alone.leafPem());

        assertThat(run(SERVERS.presenting(alone.leafPem(), alone), TlsOptions.DEFAULT.roots(roots))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void verifiesANameToo() throws Exception {
        var presented = ROOT.sign("leaf").names("localhost").issue();
        int port = SERVERS.presenting(presented.chainPem(), presented);

        var result = EngineRun.result(
                TlsChecks.server(TlsTarget.of("localhost", port), trusting, SERVERS::vertx, TimeSource.system()));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.id()).hasToString("tls.certificate[localhost:" + port + "]");
    }

    @Test
    void seesThatARenewedOneIsNotPresented(@TempDir Path here) throws Exception {
        var old = leaf().days(-68, 22).issue();
        var renewed = leaf().days(-1, 89).issue();
        var file = Files.writeString(here.resolve("fullchain.pem"), renewed.keyPem() + renewed.chainPem());
        int port = SERVERS.presenting(old.chainPem(), old);

        var result = run(port, trusting.files(List.of(here.resolve("absent.pem"), file)));

        assertThat(result.reason()).isEqualTo(new Reason("tls_reload_needed"));
        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.message()).contains(file.toString());
        var ofOthers = Files.writeString(
                file,
                ROOT.sign("leaf").names("other.example").days(-1, 89).issue().chainPem());
        assertThat(run(port, trusting.files(List.of(ofOthers))).reason()).isEqualTo(new Reason("tls_expires_soon"));
        Files.writeString(file, old.chainPem());
        assertThat(run(port, trusting.files(List.of(file))).reason()).isEqualTo(new Reason("tls_expires_soon"));
    }

    @Test
    void tellsRootsThatCannotBeRead(@TempDir Path here) throws Exception {
        var presented = leaf().issue();
        int port = SERVERS.presenting(presented.chainPem(), presented);
        var empty = Files.writeString(here.resolve("empty.pem"), "nothing");

        assertThat(run(port, TlsOptions.DEFAULT.roots(empty)).reason()).isEqualTo(new Reason("root_certificate"));
        assertThat(run(port, TlsOptions.DEFAULT.roots(here.resolve("absent"))).reason())
                .isEqualTo(new Reason("root_certificate"));
    }

    @Test
    void tellsWhyThereIsNoHandshake() throws Exception {
        assertThat(reason(SERVERS.refused())).isEqualTo("connection_refused");
        assertThat(reason(SERVERS.plain(socket -> socket.write("220 mail.example ESMTP\r\n"))))
                .isEqualTo("tls_not_spoken");
        assertThat(reason(SERVERS.plain(
                        socket -> socket.handler(hello -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")))))
                .isEqualTo("tls_not_spoken");
        assertThat(reason(SERVERS.plain(socket -> socket.handler(hello -> socket.close()))))
                .isIn("connection_closed", "tls_handshake");
        assertThat(reason(SERVERS.plain(silent -> {}))).isEqualTo("timeout");
        assertThat(reason(SERVERS.demandingClients(leaf().issue()))).isEqualTo("tls_handshake");
    }

    /** A fatal alert "protocol version", as RFC 8446 has it: what servers of before 2008 say to TLS 1.2. */
    @Test
    void tellsAServerWhoseProtocolIsTooOld() {
        var alert = Buffer.buffer(new byte[] {0x15, 3, 1, 0, 2, 2, 70});

        assertThat(reason(SERVERS.plain(socket -> socket.handler(hello -> socket.write(alert)))))
                .isEqualTo("tls_handshake");
    }

    @Test
    void tellsAHostThatDoesNotResolve() {
        var target = TlsTarget.of("nowhere.invalid", 443);

        var result =
                EngineRun.result(TlsChecks.server(target, TlsOptions.DEFAULT, SERVERS::vertx, TimeSource.system()));

        assertThat(result.reason()).isEqualTo(new Reason("dns_not_found"));
    }

    private static String reason(int port) {
        return String.valueOf(run(port, trusting).reason());
    }

    private static CheckResult run(int port, TlsOptions options) {
        return EngineRun.result(
                TlsChecks.server(TlsTarget.of(SELF, port), options, SERVERS::vertx, TimeSource.system()));
    }

    private static Issued.Request leaf() {
        return ROOT.sign("leaf").names(SELF);
    }

    private static Issued.Request intermediate() {
        return ROOT.sign("Intermediate").authority().days(-400, 1000);
    }

    private static Arguments bad(String what, Issued.Request request, Status status, String reason) throws Exception {
        var presented = request.issue();
        return arguments(what, presented.chainPem(), presented, status, reason);
    }

    private static Arguments leafOnly(String what, Issued.Request request, String reason) throws Exception {
        var presented = request.names(SELF).issue();
        return arguments(what, presented.leafPem(), presented, Status.FAIL, reason);
    }
}
