package dev.koda.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads every statement of this module: what a pooler in transaction mode or a distributed engine does not have stays out. */
class SqlLintTest {
    private static final Path SOURCES = Path.of("src/main");

    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(LISTEN|NOTIFY|pg_notify|pg_advisory\\w*|pg_try_advisory\\w*|pg_current_snapshot|pg_snapshot_\\w+"
                    + "|txid_\\w+|xmin|LOCK\\s+TABLE|EXCLUDE\\s+USING|DEFERRABLE|CREATE\\s+TRIGGER|CREATE\\s+TEMP\\w*"
                    + "|DECLARE\\s+\\w+\\s+CURSOR|PREPARE\\s+\\w+|SET\\s+SESSION|SET\\s+search_path|pg_temp)\\b");

    private static final Pattern TEXT =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

    private static final Pattern STATEMENT = Pattern.compile(
            "^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|GRANT|REVOKE|LOCK|SET|DECLARE)\\b");

    @Test
    void noStatementNeedsASessionOrWhatOtherEnginesLack() throws IOException {
        var statements = statements();

        assertThat(statements).hasSizeGreaterThan(5);
        assertThat(statements)
                .noneMatch(statement -> FORBIDDEN.matcher(statement).find());
    }

    @Test
    void everyTableIsNamedWithItsSchema() throws IOException {
        var bare = Pattern.compile(
                "\\b(FROM|INTO|UPDATE|JOIN|TABLE)\\s+(?!koda_ops\\.|IF\\b|SET\\b|\\(|unnest|generate_series|pg_|deleted|retired|ONLY\\b|OF\\b|SKIP\\b)[a-z_]+\\b");

        assertThat(statements())
                .filteredOn(statement -> statement.contains("koda_ops."))
                .noneMatch(statement ->
                        bare.matcher(statement.replaceAll("(?m)--.*$", "")).find());
    }

    /** Those of the migrations, and the text constants of the sources that begin as a statement. */
    private static List<String> statements() throws IOException {
        var statements = new ArrayList<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".sql")) {
                    statements.add(Files.readString(file).replaceAll("(?m)--.*$", ""));
                } else if (file.toString().endsWith(".java")) {
                    var texts = TEXT.matcher(Files.readString(file));
                    while (texts.find()) {
                        var text = texts.group(1) == null ? texts.group(2) : texts.group(1);
                        if (STATEMENT.matcher(text).find()) {
                            statements.add(text);
                        }
                    }
                }
            }
        }
        return statements;
    }
}
