package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.cli.output.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpSettingsTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("up.env"), """
                KODA_STACK=embedded
                KODA_OPERATIONS_PORT=8123
                BILLING_URL=http://127.0.0.1:1
                """);
    }

    private Shell shell(Map<String, String> environment) {
        var stream = new PrintStream(errors, true, UTF_8);
        return new Shell(environment, directory, directory, stream, stream, TextStyle.plain(true), false);
    }

    @Test
    void onlyTheFileDecides() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "postgresql://other.example:5432/real");

        var settings = UpSettings.load(
                shell(Map.of(
                        "KODA_OPERATIONS_PORT", "9000",
                        "KODA_OPERATIONS_BIND", "0.0.0.0",
                        "KNOWLEDGE_V2_POSTGRES_DSN_FILE", secret.toString(),
                        "S3_SECRET_ACCESS_KEY", "exported-secret",
                        "BILLING_URL", "http://other.example")),
                file);

        assertThat(settings.text("KODA_OPERATIONS_PORT")).contains("8123");
        assertThat(settings.text("KODA_OPERATIONS_BIND")).contains("127.0.0.1");
        assertThat(settings.text("KNOWLEDGE_V2_POSTGRES_DSN").orElse("")).doesNotContain("other.example");
        assertThat(settings.text("S3_SECRET_ACCESS_KEY")).isEmpty();
        assertThat(settings.text("BILLING_URL")).contains("http://127.0.0.1:1");
        assertThat(settings.secretFiles()).isEmpty();
        assertThat(errors.toString(UTF_8))
                .isEqualTo("koda up: ignores the exported BILLING_URL, KNOWLEDGE_V2_POSTGRES_DSN_FILE,"
                        + " KODA_OPERATIONS_BIND, KODA_OPERATIONS_PORT, S3_SECRET_ACCESS_KEY; " + file + " decides\n");
    }

    @Test
    void leavesWhatIsNoSettingToTheStackFile() throws IOException {
        Files.writeString(
                directory.resolve("koda.yaml"), "version: 1\nsettings: {KODA_SERVICE_NAME: \"${TEAM}-koda\"}\n");

        var settings = UpSettings.load(shell(Map.of("TEAM", "blue", "PATH", "/bin")), file);

        assertThat(settings.serviceName()).isEqualTo("blue-koda");
        assertThat(errors.toString(UTF_8)).isEmpty();
    }
}
