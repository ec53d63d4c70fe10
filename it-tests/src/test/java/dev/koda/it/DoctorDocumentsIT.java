package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the installed doctor writes on a stack that stays as it is, with a koda.yaml that koda itself has written. */
class DoctorDocumentsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RUNS = 5;

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private Path directory = Path.of("");

    @BeforeEach
    void makeStack(TestInfo test) throws IOException {
        directory = sandbox.directory(test.getTestMethod().orElseThrow().getName());
        Files.writeString(directory.resolve(".env"), "KODA_STACK=none\n");
        int closed = FreePort.next();
        Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  web: {image: nginx, ports: ["%d:80"]}
                """.formatted(closed));
    }

    @Test
    void aFewStableRunsAreEqualByteForByte() throws IOException {
        assertThat(koda("init").awaitExit(LIMIT)).isZero();
        var added = koda("checks", "add", "dns", "localhost");
        assertThat(added.awaitExit(LIMIT)).as(added.toString()).isZero();
        var documents = new HashSet<String>();
        for (int i = 0; i < RUNS; i++) {
            var doctor = koda("doctor", "--stable", "--only", "service.*,custom.*");
            assertThat(doctor.awaitExit(LIMIT)).as(doctor.toString()).isEqualTo(1);
            documents.add(doctor.output());
        }

        assertThat(documents).hasSize(1);
        assertThat(documents.iterator().next())
                .contains("service.web", "custom.localhost")
                .endsWith("}\n");
    }

    @Test
    void promtoolReadsTheMetricsOfAReport() throws IOException {
        var metrics = directory.resolve("koda.prom");
        assertThat(koda("init").awaitExit(LIMIT)).isZero();
        assertThat(koda("doctor", "-o", "openmetrics=" + metrics).awaitExit(LIMIT))
                .isEqualTo(1);

        var check = List.of("sh", "-c", "command -v promtool || exit 127; promtool check metrics <" + metrics);
        try (var promtool = RealProcess.start(check, directory, Map.of())) {
            int code = promtool.awaitExit(LIMIT);

            var why = "there is no promtool to look at the metrics; ./verify --install brings it";
            if (code == 127) {
                System.out.println("skipped: " + why);
            }
            assumeTrue(code != 127, why);
            assertThat(code).as(promtool.toString()).isZero();
            assertThat(promtool.errors()).isEmpty();
        }
    }

    private RealProcess koda(String... arguments) {
        return sandbox.koda(Distribution.installed(), directory, Map.of(), arguments);
    }
}
