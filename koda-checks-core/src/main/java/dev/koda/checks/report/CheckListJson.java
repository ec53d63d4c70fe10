package dev.koda.checks.report;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The checks of a stack as JSON, without what they say: {@code koda.checks/v1}. Keys are only ever added.
 *
 * <p>Stateless and safe to use from any thread.
 */
public final class CheckListJson {
    private static final String SCHEMA = "koda.checks/v1";

    private CheckListJson() {}

    /** One line of compact JSON that ends with a newline, UTF-8; in the order of the lists. */
    public static byte[] write(List<CheckSpec> checks, List<Skipped> skipped) {
        return JsonOutput.line(json -> {
            json.startObject();
            json.text("schema", SCHEMA);
            json.startArray("checks");
            for (var check : checks) {
                check(json, check);
            }
            json.endArray();
            ReportJson.skipped(json, skipped);
            json.endObject();
        });
    }

    private static void check(JsonOutput json, CheckSpec check) throws IOException {
        json.startObject();
        json.text("id", check.id().name());
        json.text("instance", check.id().instance());
        json.text("category", check.category().wireName());
        json.text("title", check.title());
        json.startArray("suites");
        for (var suite : check.suites().stream().map(Suite::name).sorted().toList()) {
            json.text(suite);
        }
        json.endArray();
        json.flag("critical", check.critical());
        json.text("effects", check.effects().name().toLowerCase(Locale.ROOT));
        json.millis("timeout_ms", check.timeout());
        json.millis("every_ms", check.every());
        json.startArray("depends_on");
        for (var dependency : check.dependsOn()) {
            json.text(dependency.toString());
        }
        json.endArray();
        json.text("command", check.command());
        json.text("docs", check.docs());
        json.endObject();
    }
}
