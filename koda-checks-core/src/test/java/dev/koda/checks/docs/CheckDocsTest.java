package dev.koda.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckDocsTest {
    private static final String DOCS = """
            # The checks

            ## Disk

            ### Room <a id="disk-space"></a>

            Asks for room.

            #### Limits

            15 percent.

            <a id="disk-inodes"></a>
            ### Inodes

            Asks for inodes.

            ### Writable

            <a id="disk-writable"></a>

            Asks to write.

            ## Runtime

            Nothing yet.
            """;

    private final CheckDocs docs = CheckDocs.parse(DOCS);

    @Test
    void findsASectionByIdAndByAnchor() {
        assertThat(docs.of("disk.space")).contains("### Room\n\nAsks for room.\n\n#### Limits\n\n15 percent.\n");
        assertThat(docs.of("disk-space")).isEqualTo(docs.of("disk.space"));
    }

    @Test
    void takesTheAnchorFromTheLineAboveOrBelowTheHeading() {
        assertThat(docs.of("disk.inodes")).contains("### Inodes\n\nAsks for inodes.\n");
        assertThat(docs.of("disk.writable"))
                .hasValueSatisfying(section ->
                        assertThat(section).startsWith("### Writable\n").endsWith("Asks to write.\n"));
    }

    @Test
    void knowsNoOtherId() {
        assertThat(docs.of("disk.magic")).isEmpty();
        assertThat(docs.of("../../etc/passwd")).isEmpty();
    }

    @Test
    void theJarCarriesTheDocumentation() {
        var bundled = CheckDocs.bundled();

        assertThat(bundled.ids()).startsWith("config.parse").contains("config.required", "disk.space");
        assertThat(bundled.ids()).allSatisfy(id -> assertThat(bundled.of(id)).isPresent());
    }
}
