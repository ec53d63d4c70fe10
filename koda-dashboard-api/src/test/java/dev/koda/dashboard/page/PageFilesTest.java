package dev.koda.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageFilesTest {
    private static final Path OWN = Path.of("src/main/resources/dev/koda/dashboard/page");

    /** All that a browser ever loads of the page, compressed. */
    private static final int BUDGET_BYTES = 90_000;

    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?['\"]([^'\"]+)['\"]");

    private final PageFiles files = PageFiles.ofThisBuild();

    @Test
    void eachFileIsInTheList() throws IOException {
        try (var found = Files.list(OWN)) {
            var names = found.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("files.txt") && !name.equals("index.html"))
                    .toList();

            assertThat(PageFiles.names()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void eachImportLeadsToAFileThatIsServed() {
        files.all()
                .forEach((name, file) -> IMPORT.matcher(file.plain().toString())
                        .results()
                        .filter(found -> name.endsWith(".js"))
                        .forEach(found -> assertThat(files.file(leadsTo(name, found.group(1))))
                                .as("%s imports %s", name, found.group(1))
                                .isNotNull()));
    }

    private static String leadsTo(String name, String imported) {
        var libraries = PageFiles.libraries();
        if (imported.startsWith(".")) {
            return Path.of(name).resolveSibling(imported).normalize().toString();
        }
        if (libraries.containsKey(imported)) {
            return libraries.get(imported);
        }
        var prefix = libraries.keySet().stream()
                .filter(known -> known.endsWith("/") && imported.startsWith(known))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " imports " + imported + ", which the import map lacks"));
        return libraries.get(prefix) + imported.substring(prefix.length());
    }

    @Test
    void eachFileThatIsServedIsImportedOrLinked() {
        var imported = files.all().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".js"))
                .flatMap(entry -> IMPORT.matcher(entry.getValue().plain().toString())
                        .results()
                        .map(found -> leadsTo(entry.getKey(), found.group(1))))
                .collect(Collectors.toSet());

        assertThat(files.all().keySet().stream().filter(name -> name.endsWith(".js") && !name.equals("app.js")))
                .isSubsetOf(imported);
    }

    @Test
    void allOfItIsSmall() {
        int bytes = files.all().values().stream()
                .mapToInt(file -> file.gzip().length())
                .sum();

        assertThat(bytes).isLessThan(BUDGET_BYTES);
    }
}
