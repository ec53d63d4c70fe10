package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final String DOCS = "docs/checks.md#postgres-tcp";

    @TempDir
    Path home;

    @Test
    void findsTheDocumentsOfADistributionAndOfACheckout() throws IOException {
        Files.createFile(Files.createDirectory(home.resolve("docs")).resolve("checks.md"));

        assertThat(new Launcher(home.resolve("bin/koda")).locate(DOCS)).isEqualTo(home + "/" + DOCS);
        assertThat(new Launcher(home.resolve("koda")).locate(DOCS)).isEqualTo(home + "/" + DOCS);
    }

    @Test
    void leavesADocumentThatIsNotInstalledAsItIs() {
        assertThat(new Launcher(home.resolve("bin/koda")).locate(DOCS)).isEqualTo(DOCS);
        assertThat(new Launcher(null).locate(DOCS)).isEqualTo(DOCS);
        assertThat(new Launcher(home.resolve("koda")).locate("https://example.org/a#b"))
                .isEqualTo("https://example.org/a#b");
    }
}
