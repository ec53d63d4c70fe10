package dev.koda.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.settings.EnvFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StateDirectory directory;

    @BeforeEach
    void open() throws Exception {
        directory = StateDirectory.open(temporary.resolve("state"));
    }

    @Test
    void generatesEverySettingThatAStackNeeds() throws Exception {
        complete(OptionalInt.empty());

        assertThat(read().entries().keySet())
                .contains(
                        "KODA_STACK",
                        "KODA_OPERATIONS_BIND",
                        "KODA_OPERATIONS_PORT",
                        "STATE_BACKEND",
                        "STATE_ROOT_DIR",
                        "ARTIFACT_STORE_DIR",
                        "POSTGRES_DB",
                        "POSTGRES_USER",
                        "POSTGRES_PASSWORD",
                        "KNOWLEDGE_V2_POSTGRES_DSN",
                        "S3_ACCESS_KEY_ID",
                        "S3_SECRET_ACCESS_KEY",
                        "KNOWLEDGE_V2_S3_BUCKET",
                        "KNOWLEDGE_V2_S3_ENDPOINT_URL",
                        "WEB_OPERATOR_SESSION_SECRET",
                        "CONTROL_PLANE_API_TOKEN",
                        "RUNTIME_LOCAL_UI_TOKEN");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.environment())))
                .isEqualTo("rw-------");
    }

    @Test
    void generatesSecretsInKodasLengthsAndNoneTwice() throws Exception {
        complete(OptionalInt.empty());

        var tokens = List.of(
                value("WEB_OPERATOR_SESSION_SECRET"),
                value("CONTROL_PLANE_API_TOKEN"),
                value("RUNTIME_LOCAL_UI_TOKEN"));
        var passwords = List.of(value("POSTGRES_PASSWORD"), value("S3_SECRET_ACCESS_KEY"));
        assertThat(tokens).allSatisfy(token -> assertThat(token).hasSize(43)).doesNotHaveDuplicates();
        assertThat(passwords)
                .allSatisfy(password -> assertThat(password).hasSize(32))
                .doesNotHaveDuplicates();
        assertThat(value("S3_ACCESS_KEY_ID")).matches("[A-Z0-9]{20}");
    }

    @Test
    void keepsEveryValueOverLaterStarts() throws Exception {
        var first = complete(OptionalInt.empty());
        var text = Files.readString(directory.environment());

        var second = complete(OptionalInt.empty());

        assertThat(second).isEqualTo(first);
        assertThat(Files.readString(directory.environment())).isEqualTo(text);
    }

    @Test
    void keepsTwoDifferentLoopbackPorts() throws Exception {
        var settings = complete(OptionalInt.empty());

        assertThat(settings.postgres().port())
                .isEqualTo(URI.create(value("KNOWLEDGE_V2_POSTGRES_DSN")).getPort())
                .isNotEqualTo(settings.objects().port());
        assertThat(settings.objects().port())
                .isEqualTo(URI.create(value("KNOWLEDGE_V2_S3_ENDPOINT_URL")).getPort());
    }

    @Test
    void takesTheListenPortFromTheUserThenFromTheFileThen8090() throws Exception {
        assertThat(complete(OptionalInt.empty()).serverPort()).isEqualTo(8090);
        assertThat(complete(OptionalInt.of(9001)).serverPort()).isEqualTo(9001);
        assertThat(complete(OptionalInt.empty()).serverPort()).isEqualTo(9001);
    }

    @Test
    void leavesWhatTheUserWroteAndFillsInWhatIsMissing() throws Exception {
        Files.writeString(directory.environment(), """
                # my note
                export POSTGRES_PASSWORD='with space and $ign'
                KODA_OPERATIONS_PORT=9002
                OPENAI_API_KEY="kept"
                """);

        var settings = complete(OptionalInt.of(9003));

        assertThat(settings.serverPort()).isEqualTo(9003);
        assertThat(settings.postgres().password().reveal()).isEqualTo("with space and $ign");
        assertThat(Files.readString(directory.environment())).startsWith("""
                        # my note
                        export POSTGRES_PASSWORD='with space and $ign'
                        KODA_OPERATIONS_PORT=9003
                        OPENAI_API_KEY="kept"
                        """).contains("CONTROL_PLANE_API_TOKEN=");
    }

    @Test
    void followsADirectoryThatWasMoved() throws Exception {
        complete(OptionalInt.empty());
        var moved = Files.move(directory.root(), temporary.resolve("with blank and 'quote'"));
        directory = StateDirectory.open(moved);

        complete(OptionalInt.empty());

        assertThat(value("STATE_ROOT_DIR")).isEqualTo(moved.resolve("state").toString());
        assertThat(value("ARTIFACT_STORE_DIR"))
                .isEqualTo(moved.resolve("artifacts").toString());
    }

    @Test
    void namesAnUnusableSettingWithoutItsValue() throws Exception {
        Files.writeString(
                directory.environment(), "KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:hunter2@db.example:5432/koda\n");

        assertThatThrownBy(() -> complete(OptionalInt.empty()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("KNOWLEDGE_V2_POSTGRES_DSN")
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void printsNoSecret() throws Exception {
        var settings = complete(OptionalInt.empty());

        assertThat(settings.toString()).doesNotContain(value("POSTGRES_PASSWORD"), value("S3_SECRET_ACCESS_KEY"));
    }

    @Test
    void givesTheDsnTheRoleThatTheUserChanges() throws Exception {
        var before = complete(OptionalInt.empty()).postgres();
        Files.writeString(
                directory.environment(),
                Files.readString(directory.environment())
                        .replace(before.password().reveal(), "old")
                        .replace("POSTGRES_PASSWORD=old", "POSTGRES_PASSWORD='n/w @1'")
                        .replace("POSTGRES_USER=koda", "POSTGRES_USER=me")
                        .replace("POSTGRES_DB=koda", "POSTGRES_DB=mine")
                        .replace("/koda\n", "/koda?application_name=a%20b\n"));

        var after = complete(OptionalInt.empty()).postgres();

        assertThat(after.port()).isEqualTo(before.port());
        assertThat(value("KNOWLEDGE_V2_POSTGRES_DSN"))
                .isEqualTo("postgresql://me:n%2Fw%20%401@127.0.0.1:" + before.port() + "/mine?application_name=a%20b");
    }

    private EmbeddedSettings complete(OptionalInt port) throws StartException {
        var file = EnvironmentFile.completed(directory, port);
        file.write();
        return file.settings();
    }

    private EnvFile read() {
        return EnvFile.read(directory.environment(), name -> null);
    }

    private String value(String name) {
        return read().value(name).orElseThrow();
    }
}
