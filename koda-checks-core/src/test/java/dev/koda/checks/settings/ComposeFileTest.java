package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.koda.checks.settings.ComposeFile.Mount;
import dev.koda.checks.settings.ComposeFile.Port;
import dev.koda.checks.settings.ComposeFile.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatAServiceShowsToTheHost() throws IOException {
        var file = read("""
                name: shop
                services:
                  web:
                    image: nginx:1.27
                    ports: ["8080:80"]
                    volumes: [./site:/usr/share/nginx/html:ro, logs:/var/log/nginx]
                    healthcheck: {test: [CMD, curl, -f, http://localhost/]}
                  debug: {build: ., profiles: [debug]}
                volumes: {logs: {}}
                """);

        assertThat(file.name()).isEqualTo("shop");
        assertThat(file.isWhole()).isTrue();
        assertThat(file.services())
                .extracting(Service::name, Service::image, Service::healthTest)
                .containsExactly(tuple("web", "nginx:1.27", "curl -f http://localhost/"), tuple("debug", null, ""));
        var web = file.services().get(0);
        assertThat(web.ports()).containsExactly(new Port(null, 8080, 80, "tcp"));
        assertThat(web.mounts())
                .containsExactly(
                        new Mount("./site", null, "/usr/share/nginx/html", true),
                        new Mount(null, "logs", "/var/log/nginx", false));
        assertThat(file.services().get(1).profiles()).containsExactly("debug");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"3000\"', '0>3000/tcp'",
        "3000, '0>3000/tcp'",
        "'\"8000:80\"', '8000>80/tcp'",
        "22:22, '22>22/tcp'",
        "'\"127.0.0.1:8001:8001\"', '127.0.0.1 8001>8001/tcp'",
        "'\"127.0.0.1::5000\"', '127.0.0.1 0>5000/tcp'",
        "'\"127.0.0.1:5000\"', '127.0.0.1 0>5000/tcp'",
        "'\"[::1]:8080:80\"', '::1 8080>80/tcp'",
        "'\"::1:8080:80\"', '::1 8080>80/tcp'",
        "'\"6060:6060/udp\"', '6060>6060/udp'",
        "'\"9090-9091:8080-8081\"', '9090>8080/tcp 9091>8081/tcp'",
        "'\"9090-9099:80\"', '0>80/tcp'",
        "'\"7000-7100:7000-7100\"', '7000>7000/tcp 7001>7001/tcp 7002>7002/tcp 7003>7003/tcp 7004>7004/tcp"
                + " 7005>7005/tcp 7006>7006/tcp 7007>7007/tcp'",
        "'\"${PORT}:80\"', '8088>80/tcp'",
        "'\"${NONE:-8089}:80\"', '8089>80/tcp'",
        "'\"${NONE:?must be set}:80\"', ''",
        "'\"${NONE}:80\"', '0>80/tcp'",
        "'\"${BIND:-0.0.0.0}:443:443\"', '0.0.0.0 443>443/tcp'",
        "'{target: 80, published: \"8080\", host_ip: 10.0.0.7, protocol: TCP, mode: host}', '10.0.0.7 8080>80/tcp'",
        "'{target: 80}', '0>80/tcp'",
        "'{published: 80}', ''",
        "'\"70000:80\"', '0>80/tcp'",
        "'\"80:70000\"', ''",
        "'\"web\"', ''",
        "~, ''",
        "'[80]', ''"
    })
    void readsEveryFormOfAPort(String written, String expected) throws IOException {
        var file = read("services: {a: {ports: [" + written + "]}}\n");

        var found = new StringBuilder();
        for (var port : file.services().get(0).ports()) {
            found.append(found.isEmpty() ? "" : " ")
                    .append(port.address() == null ? "" : port.address() + " ")
                    .append(port.published() + ">" + port.target() + "/" + port.protocol());
        }
        assertThat(found).hasToString(expected);
    }

    @Test
    void readsEveryFormOfAMount() throws IOException {
        var file = read("""
                services:
                  a:
                    volumes:
                      - /srv/data:/data:rw,z
                      - ~/x:/x
                      - plain:/p
                      - kept:/k:ro
                      - /anonymous
                      - {type: bind, source: ./b, target: /b, read_only: true}
                      - {type: volume, source: plain, target: /v}
                      - {type: tmpfs, target: /t}
                      - {type: bind, target: /no-source}
                      - a:b:c:d
                volumes:
                  plain:
                  kept: {driver_opts: {type: none, o: "rw,bind", device: "${ROOT:-/mnt}/kept"}}
                """);

        assertThat(file.services().get(0).mounts())
                .containsExactly(
                        new Mount("/srv/data", null, "/data", false),
                        new Mount("~/x", null, "/x", false),
                        new Mount(null, "plain", "/p", false),
                        new Mount("/mnt/kept", null, "/k", true),
                        new Mount(null, "", "/anonymous", false),
                        new Mount("./b", null, "/b", true),
                        new Mount(null, "plain", "/v", false));
    }

    @Test
    void followsAnchorsAndMergeKeys() throws IOException {
        var file = read("""
                x-base: &base
                  image: registry.example/base:1
                  ports: ["1:1"]
                x-checked: &checked
                  healthcheck: {test: wget -q --spider http://127.0.0.1:9/}
                  ports: ["3:3"]
                services:
                  one: {<<: *base}
                  two: {<<: [*base, *checked], ports: ["2:2"]}
                """);

        assertThat(file.services()).extracting(Service::image).containsOnly("registry.example/base:1");
        assertThat(file.services())
                .extracting(service -> service.ports().get(0).published())
                .containsExactly(1, 2);
        assertThat(file.services().get(1).healthTest()).isEqualTo("wget -q --spider http://127.0.0.1:9/");
    }

    @Test
    void aMapThatMergesItselfHasAnEnd() throws IOException {
        var file = read("services: {a: &a {image: i, <<: *a}}\n");

        assertThat(file.services()).extracting(Service::image).containsExactly("i");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{test: [NONE]}", "{disable: true, test: curl http://localhost}", "{}", "~", "{test: []}"})
    void knowsAServiceWithoutAHealthCheck(String healthcheck) throws IOException {
        var file = read("services: {a: {healthcheck: " + healthcheck + "}}\n");

        assertThat(file.services().get(0).healthTest()).isEmpty();
    }

    @Test
    void saysThatItIsNotWhole() throws IOException {
        assertThat(read("include: [other.yaml]\n").isWhole()).isFalse();
        assertThat(read("services: {a: {extends: {service: b}}, b: {}}\n").isWhole())
                .isFalse();
    }

    @Test
    void passesOverWhatIsOdd() throws IOException {
        var file = read("""
                version: "2.4"
                services:
                  a: {ports: !override ["80:80"], volumes: {no: list}, image: "", healthcheck: yes}
                  b: ~
                  c: [1, 2]
                """);

        assertThat(file.services()).hasSize(3);
        assertThat(file.services().get(0).ports()).hasSize(1);
        assertThat(file.services().get(0).image()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a: b\n", "services: [a]\n", "- a\n", "services: {a: [}\n", "a: 1\n---\nb: 2\n"})
    void refusesWhatIsNoComposeFile(String text) throws IOException {
        var file = Files.writeString(directory.resolve("compose.yaml"), text);

        var refusal = catchThrowableOfType(SettingsException.class, () -> ComposeFile.read(file, name -> null));

        assertThat(refusal.problems()).isNotEmpty();
    }

    private ComposeFile read(String text) throws IOException {
        var variables = Map.of("PORT", "8088");
        return ComposeFile.read(Files.writeString(directory.resolve("compose.yaml"), text), variables::get);
    }
}
