package dev.koda.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
    @TempDir
    Path directory;

    @Test
    void namesTheServicesThatMustBeThere() {
        var yaml = """
                x-common: &common {restart: unless-stopped}
                services:
                  app:
                    <<: *common
                    environment: {PASSWORD: "${POSTGRES_PASSWORD:?set it}"}
                    depends_on:
                      init: {condition: service_completed_successfully}
                      memory: {condition: service_started}
                  memory: *common
                  init: {restart: "no"}
                  bot: {profiles: [bots]}
                  spare: {deploy: {replicas: 0}}
                  idle: {scale: 0}
                  cleared: !reset null
                  web: {depends_on: [app], profiles: []}
                volumes: {data: {}}
                """;

        assertThat(ComposeFile.services(yaml)).containsExactly("app", "memory", "cleared", "web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a: [", "services: []", "[services]", "services: 1", "a: *none"})
    void whatIsNoComposeFileNamesNone(String yaml) {
        assertThat(ComposeFile.services(yaml)).isEmpty();
    }

    @Test
    void theFirstThatIsThereCounts() throws Exception {
        var first = Files.writeString(directory.resolve("b.yml"), "services: {b: {}}");
        var second = Files.writeString(directory.resolve("c.yml"), "services: {c: {}}");

        var file = ComposeFile.first(List.of(directory.resolve("a.yml"), first, second));

        assertThat(file.path()).isEqualTo(first);
        assertThat(file.wanted()).containsExactly("b");
        assertThat(ComposeFile.first(List.of()).path()).isNull();
    }

    @Test
    void oneThatIsTooLargeIsNotRead() throws Exception {
        var large = Files.writeString(directory.resolve("a.yml"), "services: {a: {}}\n" + "#".repeat(1 << 20));

        assertThat(ComposeFile.first(List.of(large)).wanted()).isEmpty();
    }
}
