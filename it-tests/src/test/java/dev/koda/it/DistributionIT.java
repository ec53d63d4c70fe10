package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is in the archive of the distribution. */
class DistributionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A link of Markdown to a file beside it. */
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");

    private final Path home = Distribution.unpacked().home();

    /** As the archive says: what tar makes of it depends on who unpacks it. */
    @Test
    void everybodyMayReadAllOfItAndRunItsPrograms() throws IOException {
        var list = List.of("tar", "-tvzf", Distribution.archive().toString());
        try (var tar = RealProcess.start(list, home, Map.of())) {
            assertThat(tar.awaitExit(LIMIT)).as(tar.toString()).isZero();
            assertThat(tar.output().lines()).isNotEmpty().allMatch(DistributionIT::isOpenToRead);
        }
    }

    /** A line such as {@code -rw-r--r-- 0/0 1234 2026-11-23 00:00 koda-0.1.0/LICENSE}. */
    private static boolean isOpenToRead(String line) {
        boolean isProgram = line.matches(".* [^/ ]+/(bin/[^/]+|deploy/compose/(install|update)\\.sh)");
        return line.startsWith(line.endsWith("/") ? "drwxr-xr-x " : isProgram ? "-rwxr-xr-x " : "-rw-r--r-- ");
    }

    @Test
    void noLinkOfItsDocumentsLeadsToNothing() throws IOException {
        var dead = new ArrayList<String>();
        int links = 0;
        try (var files = Files.walk(home)) {
            for (var page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                for (var link = LINK.matcher(withoutCode(Files.readString(page))); link.find(); links++) {
                    if (!Files.exists(page.resolveSibling(link.group(1)))) {
                        dead.add(home.relativize(page) + ": " + link.group(1));
                    }
                }
            }
        }

        assertThat(dead).isEmpty();
        assertThat(links).isPositive();
    }

    /** A pattern in a statement looks like a link. */
    private static String withoutCode(String page) {
        return page.replaceAll("(?ms)^```.*?^```$", "").replaceAll("`[^`\\n]*`", "");
    }
}
