package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A shell that exports the settings of a real stack: {@code koda up} and the install step leave that stack alone. */
class HostileEnvironmentIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(90);
    private static final Duration SHORT = Duration.ofSeconds(30);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    @Test
    void upObeysItsOwnFileAlone() throws IOException {
        var directory = sandbox.root().resolve("stack");
        int port = FreePort.next();
        int hostile = FreePort.next();
        try (var other = SomebodyElse.listen(sandbox.root());
                var up = sandbox.koda(
                        other.exported(hostile),
                        "up",
                        "--dir",
                        directory.toString(),
                        "--port",
                        Integer.toString(port))) {
            up.awaitOutput("^Ctrl-C stops everything", UP_LIMIT);

            assertThat(Http.get("http://127.0.0.1:" + port + "/api/runtime/readiness")
                            .status())
                    .isEqualTo(200);
            assertThat(isFree(hostile)).isTrue();
            assertThat(listenAddresses(port)).containsExactly("0100007F");
            assertThat(up.output())
                    .contains("http://127.0.0.1:" + port + "/health", "PASS postgres.auth", "PASS object-store.canary");
            assertThat(up.errors().lines().filter(line -> line.startsWith("koda up: ignores")))
                    .containsExactly("koda up: ignores the exported KNOWLEDGE_V2_POSTGRES_DSN_FILE,"
                            + " KNOWLEDGE_V2_S3_BUCKET, KNOWLEDGE_V2_S3_ENDPOINT_URL, KODA_OPERATIONS_BIND,"
                            + " KODA_OPERATIONS_PORT, KODA_STACK, POSTGRES_PASSWORD, S3_SECRET_ACCESS_KEY; "
                            + directory.resolve(".env") + " decides");
            assertThat(up.output() + up.errors()).doesNotContain("exported-secret");
            assertThat(other.wasAsked()).isFalse();

            up.signal("INT");
            assertThat(up.awaitExit(SHORT)).isEqualTo(130);
        }
    }

    /** The one that all tests of a run have in common is made in such a shell. */
    @Test
    void theInstallStepTouchesNothingOfTheCaller() throws IOException {
        var installed = Distribution.installed();

        assertThat(Distribution.hasInstallStepAskedOthers()).isFalse();
        // Who starts Koda is often not who has installed it.
        var archive = installed.home().resolve("lib/koda.jsa");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-r--r--");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** As the kernel writes them: 4 bytes of an IPv4 address, the last one first; IPv6 sockets have 16. */
    private static List<String> listenAddresses(int port) throws IOException {
        var end = String.format(Locale.ROOT, ":%04X", port);
        var found = new ArrayList<String>();
        for (var table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields[1].endsWith(end) && fields[3].equals("0A"))
                    .map(fields -> fields[1].substring(0, fields[1].indexOf(':')))
                    .map(address -> address.replaceFirst("^0000000000000000FFFF0000", ""))
                    .forEach(found::add);
        }
        return found;
    }
}
