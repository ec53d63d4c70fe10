package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunbooksTest {
    private static final Path DIRECTORY = Path.of("../docs/runbooks");
    private static final Path PAGE =
            Path.of("../koda-dashboard-api/src/main/resources/dev/koda/dashboard/page/runbooks.js");
    private static final Pattern NAME = Pattern.compile("Koda[A-Z][A-Za-z]+");

    private final Runbooks runbooks = Runbooks.bundled();

    private static List<String> names() throws IOException {
        try (var files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theJarCarriesAllOfThem() throws IOException {
        for (var name : names()) {
            assertThat(runbooks.of(name)).contains(Files.readString(DIRECTORY.resolve(name + ".md")));
            assertThat(runbooks.of(name + ".md")).isEqualTo(runbooks.of(name));
        }
        assertThat(runbooks.of("../checks")).isEmpty();
    }

    @Test
    void theListLeadsToEachAndSaysWhatItIsAbout() throws IOException {
        var list = runbooks.list();

        assertThat(Pattern.compile("<a href=\"/docs/runbooks/(\\w+)\">")
                        .matcher(list)
                        .results()
                        .map(found -> found.group(1)))
                .isEqualTo(names());
        assertThat(list).doesNotContain("<dd></dd>").doesNotContain("`");
    }

    @Test
    void thePageLeadsToNoneThatIsNotThere() throws IOException {
        var named = NAME.matcher(Files.readString(PAGE)).results().map(found -> found.group());

        assertThat(named).isNotEmpty().isSubsetOf(names());
    }

    @Test
    void theyAreServed() throws Exception {
        try (var server = ServerUnderTest.with((engine, inProcess) -> {})) {
            var list = server.get("/docs/runbooks");
            var one = server.get("/docs/runbooks/KodaPostgresDown.md");

            assertThat(list.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
            assertThat(list.body()).isEqualTo(runbooks.list());
            assertThat(one.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
            assertThat(runbooks.of("KodaPostgresDown")).contains(one.body());
            assertThat(server.get("/docs/runbooks/KodaNone").statusCode()).isEqualTo(404);
        }
    }
}
