package dev.koda.checks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Consumers match on ids and reasons, so these only ever grow. The lists are {@code docs/schema/ids.txt} and
 * {@code docs/schema/reasons.txt}: a new word is added there together with the code that says it, none is taken away.
 */
class ReportWordsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path LISTS = Path.of("../docs/schema");

    private static final Pattern ID = Pattern.compile("\"((?:config|secrets|postgres|backup|object-store|disk|dashboard"
            + "|control-plane|runtime|provider|tls|network|system|hardening)\\.[a-z0-9]+(?:-[a-z0-9]+)*)\"");
    private static final Pattern REASON = Pattern.compile("(?:reason|new Reason|unavailable)\\(\\s*\"([a-z0-9_]+)\"");
    /** Faults name their reason by their constant. */
    private static final Pattern CONSTANT = Pattern.compile("(?m)^    ([A-Z][A-Z_]+)\\(");

    private static final Pattern ANY_CONSTANT = Pattern.compile("(?m)^ +([A-Z][A-Z_]+)\\b");

    private static final Pattern WORD = Pattern.compile("\"([a-z][a-z0-9_]*)\"");

    @Test
    void everyIdIsListedAndNoListedOneIsGone() throws IOException {
        assertThat(listed("ids.txt")).isSorted().containsExactlyElementsOf(found(ID, sources("")));
    }

    @Test
    void everyReasonIsListed() throws IOException {
        var faults = found(CONSTANT, sources("Fault.java")).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();

        assertThat(listed("reasons.txt"))
                .isSorted()
                .containsAll(found(REASON, sources("")))
                .containsAll(faults);
    }

    @Test
    void noListedReasonIsGone() throws IOException {
        var said = found(WORD, sources(""));
        found(ANY_CONSTANT, sources("")).forEach(name -> said.add(name.toLowerCase(Locale.ROOT)));

        assertThat(said).containsAll(listed("reasons.txt"));
    }

    private static List<String> listed(String file) throws IOException {
        return Files.readAllLines(LISTS.resolve(file));
    }

    private static String sources(String suffix) throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix.isEmpty() ? ".java" : suffix))
                    .map(ReportWordsTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String sources) {
        return pattern.matcher(sources)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
