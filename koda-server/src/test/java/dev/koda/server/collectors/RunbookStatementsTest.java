package dev.koda.server.collectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every statement of the runbooks, asked of the tables that it is about. */
class RunbookStatementsTest {
    private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");
    private static final Pattern PSQL = Pattern.compile("psql \"\\$(\\w+)\" -c (?:\"([^\"]+)\"|'([^']+)')");
    private static final Pattern SPAN = Pattern.compile("`(SELECT [^`]+)`");

    /** Tables of a Koda that no collector reads, as far as the pages do. */
    private static final String OTHERS = """
            CREATE TABLE knowledge_v2.run_graph_nodes (id bigint);
            CREATE TABLE knowledge_v2.channel_gateway_identities (status text);
            CREATE TABLE knowledge_v2.schema_migrations (version text);
            """;

    @RegisterExtension
    final CollectedKoda koda = new CollectedKoda();

    @Test
    void everyStatementIsUnderstoodByPostgres() throws Exception {
        koda.postgres().execute(OTHERS);
        var statements = statements();

        assertThat(statements).hasSizeGreaterThan(12).contains("SELECT 1");
        for (var sql : statements) {
            var database = sql.contains("koda_ops.")
                    ? koda.postgres().connectOperations()
                    : koda.postgres().connect();
            try (database;
                    var statement = database.prepareStatement(sql.replace("(PID)", "(1)"))) {
                // Prepared and not run: one of them drops something.
                assertThat(statement.getMetaData()).as(sql).isNotNull();
            } catch (SQLException refused) {
                throw new AssertionError(sql, refused);
            }
        }
    }

    private static Set<String> statements() throws IOException {
        var statements = new TreeSet<String>();
        try (var pages = Files.list(RUNBOOKS)) {
            for (var page : pages.toList()) {
                var text = Files.readString(page);
                PSQL.matcher(text)
                        .results()
                        .map(psql -> psql.group(2) == null ? psql.group(3) : psql.group(2))
                        // Commands of psql itself.
                        .filter(sql -> !sql.startsWith("\\"))
                        .forEach(statements::add);
                SPAN.matcher(text).results().map(span -> span.group(1)).forEach(statements::add);
            }
        }
        return statements;
    }
}
