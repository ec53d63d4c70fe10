package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards by the rules of Grafana's linter that matter for ours, and their expressions by promtool. */
class ShippedDashboardsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern RANGE = Pattern.compile("}\\[([^]]+)]");
    private static final String DATA_SOURCE = "${datasource}";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    static List<Path> dashboards() {
        return Shipped.files(Shipped.file("grafana/dashboards"), ".json");
    }

    @Test
    void thereAreFour() {
        assertThat(dashboards().stream().map(file -> file.getFileName().toString()))
                .containsExactly(
                        "koda-integrations.json", "koda-overview.json", "koda-security-audit.json", "koda-slo.json");
        assertThat(dashboards().stream()
                        .map(file -> Shipped.read(file).path("uid").asText()))
                .doesNotHaveDuplicates()
                // What Koda itself ships; both may be in one Grafana.
                .doesNotContain("koda-overview");
    }

    /** {@code uneditable-dashboard, template-datasource, template-job, template-instance, template-on-time-change-reload}. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void theDashboardCanBeProvisioned(Path file) {
        var dashboard = Shipped.read(file);

        assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
        // Resolved by nobody but the import dialog.
        assertThat(dashboard.has("__inputs") || dashboard.has("__requires")).isFalse();
        assertThat(Shipped.text(file)).doesNotContain("${DS_");
        var variables = Shipped.each(dashboard.at("/templating/list"));
        assertThat(variables.stream().map(variable -> variable.path("name").asText()))
                .containsExactly("datasource", "job", "instance");
        assertThat(variables.get(0).path("type").asText()).isEqualTo("datasource");
        assertThat(variables.get(0).path("query").asText()).isEqualTo("prometheus");
        for (var variable : variables.subList(1, 3)) {
            assertThat(variable.at("/datasource/uid").asText()).isEqualTo(DATA_SOURCE);
            assertThat(variable.path("refresh").asInt()).isEqualTo(2);
            assertThat(variable.path("multi").asBoolean()
                            && variable.path("includeAll").asBoolean())
                    .isTrue();
            assertThat(variable.path("allValue").asText()).isEqualTo(".+");
        }
    }

    /** {@code panel-datasource, panel-title-description, panel-units, panel-no-targets}. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsAndInWhichUnit(Path file) {
        var ids = new HashSet<Integer>();
        for (var panel : panels(file)) {
            var title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as("id of " + title).isTrue();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText()).as(title).isNotBlank();
            assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo(DATA_SOURCE);
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isNotBlank();
            assertThat(panel.path("targets")).as(title).isNotEmpty();
        }
    }

    /** Nothing lies over something else, and nothing beyond the right edge. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void noPanelCoversAnother(Path file) {
        var taken = new HashSet<String>();
        for (var panel : Shipped.each(Shipped.read(file).path("panels"))) {
            var at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(taken.add(x + "," + y))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    /** {@code target-rate-interval, target-job, target-instance, target-counter-agg}. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void everyExpressionFollowsTheVariables(Path file) {
        for (var panel : panels(file)) {
            boolean isGraph = panel.path("type").asText().equals("timeseries");
            for (var target : Shipped.each(panel.path("targets"))) {
                var expression = target.path("expr").asText();
                assertThat(target.at("/datasource/uid").asText()).isEqualTo(DATA_SOURCE);
                // What is recorded of probes knows its job, and alerts are of all of them.
                assertThat(expression).containsAnyOf("$job", "$instance", "job:koda_readiness:", "ALERTS{");
                if (isGraph) {
                    assertThat(RANGE.matcher(expression).results().map(range -> range.group(1)))
                            .as(expression)
                            .allMatch("$__rate_interval"::equals);
                }
                for (var metric : PromQl.metrics(expression)) {
                    if (metric.endsWith("_total") && !metric.contains(":")) {
                        assertThat(expression).matches(".*\\b(rate|increase)\\(" + metric + "\\b.*");
                    }
                }
            }
        }
    }

    /** {@code target-promql, template-label-promql}: each expression as a rule that promtool reads. */
    @Test
    void promtoolAcceptsEveryExpression() throws IOException {
        var rules = new ArrayList<String>();
        for (var expression : expressions().toList()) {
            rules.add("      - record: dashboard:expression:%d\n        expr: |-\n          %s\n"
                    .formatted(rules.size(), PromQl.withoutVariables(expression)));
        }
        assertThat(rules).hasSizeGreaterThan(50);
        var file = Files.writeString(
                sandbox.root().resolve("dashboards.yml"),
                "groups:\n  - name: dashboards\n    rules:\n" + String.join("", rules));

        var promtool =
                sandbox.run(List.of("promtool", "check", "rules", "--lint=all", "--lint-fatal", file.toString()));

        assertThat(promtool.awaitExit(LIMIT)).as(promtool.toString()).isZero();
        assertThat(promtool.output()).contains(rules.size() + " rules found");
    }

    @Test
    void theProvisioningNamesWhatTheDashboardsAskFor() {
        var sources = Shipped.read(Shipped.file("grafana/provisioning/datasources/koda.yaml"))
                .path("datasources");
        assertThat(Shipped.each(sources)).allSatisfy(source -> {
            assertThat(source.path("type").asText()).isEqualTo("prometheus");
            assertThat(source.path("uid").asText()).isNotBlank();
        });
        var provider = Shipped.read(Shipped.file("grafana/provisioning/dashboards/koda.yaml"))
                .path("providers")
                .get(0);
        assertThat(provider.path("type").asText()).isEqualTo("file");
        assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
        assertThat(provider.at("/options/path").asText()).isEqualTo("/var/lib/grafana/dashboards/koda");
    }

    /** All that the dashboards ask Prometheus. */
    static Stream<String> expressions() {
        return dashboards().stream()
                .flatMap(file -> panels(file).stream())
                .flatMap(panel -> Shipped.each(panel.path("targets")).stream())
                .map(target -> target.path("expr").asText());
    }

    private static List<JsonNode> panels(Path file) {
        return Shipped.each(Shipped.read(file).path("panels")).stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }
}
