package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules, their cases and their runbooks, and what Prometheus and its neighbours say about their files. */
class ShippedRulesIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> HEADINGS = List.of("## Meaning", "## Impact", "## Diagnosis", "## Mitigation");

    /** Koda's own names, which people have in their heads and routes. */
    private static final List<String> KODAS = List.of(
            "KodaCircuitBreakerOpen",
            "KodaQueueDepthHigh",
            "KodaActiveTasksStuck",
            "KodaProviderResumeDegraded",
            "KodaProviderContractErrors",
            "KodaRunGraphCompletenessFailed",
            "KodaCriticalReleaseBlockers",
            "KodaChannelGatewayDenySpike",
            "KodaOpsBenchmarkFailed",
            "KodaPostgresPoolExhausted",
            "KodaPostgresDown");

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    @Test
    void promtoolAcceptsTheConfiguration() {
        assertSilent(
                "promtool",
                "check",
                "config",
                Shipped.file("prometheus/prometheus.yml").toString());
    }

    /** What Prometheus 3 knows besides, the promtool of this machine does not; the rest is the same file. */
    @Test
    void theConfigurationForPrometheus3DiffersByWhatOnlyThatKnows() throws IOException {
        var older = Shipped.read(Shipped.file("prometheus/prometheus.yml"));
        var newer = Shipped.read(Shipped.file("prometheus/prometheus-3.x.yml"));
        var added = (ObjectNode) newer.path("scrape_configs").get(0);

        assertThat(added.remove("scrape_protocols").get(0).asText()).isEqualTo("PrometheusProto");
        assertThat(added.remove("fallback_scrape_protocol").asText()).isEqualTo("PrometheusText0.0.4");
        assertThat(added.remove("metric_name_validation_scheme").asText()).isEqualTo("legacy");
        assertThat(newer).isEqualTo(older);
    }

    @Test
    void aScrapeIsFenced() {
        var koda = Shipped.read(Shipped.file("prometheus/prometheus.yml"))
                .path("scrape_configs")
                .get(0);

        assertThat(koda.path("job_name").asText()).isEqualTo("koda");
        assertThat(koda.path("sample_limit").asInt()).isEqualTo(5000);
        assertThat(koda.path("label_limit").asInt()).isPositive();
        assertThat(koda.path("label_value_length_limit").asInt()).isPositive();
        assertThat(koda.path("body_size_limit").asText()).isEqualTo("5MB");
    }

    @Test
    void promtoolHasNothingToSayAboutTheRules() {
        var command = new ArrayList<>(List.of("promtool", "check", "rules", "--lint=all", "--lint-fatal"));
        Shipped.files(Shipped.file("prometheus/rules"), ".yml").forEach(file -> command.add(file.toString()));

        assertSilent(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"koda-alerts", "koda-slo", "koda-slo-long"})
    void theCasesHold(String name) {
        assertSilent(
                "promtool",
                "test",
                "rules",
                Shipped.file("prometheus/tests/" + name + ".test.yml").toString());
    }

    @Test
    void everyAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() {
        var firing = new TreeSet<String>();
        var quiet = new TreeSet<String>();
        for (var file : Shipped.files(Shipped.file("prometheus/tests"), ".test.yml")) {
            for (var test : Shipped.each(Shipped.read(file).path("tests"))) {
                for (var expected : Shipped.each(test.path("alert_rule_test"))) {
                    boolean fires = !expected.path("exp_alerts").isEmpty();
                    assertThat(fires || !test.path("input_series").isEmpty())
                            .as("something could have made it fire: %s", test.path("name"))
                            .isTrue();
                    (fires ? firing : quiet).add(expected.path("alertname").asText());
                }
            }
        }

        assertThat(firing).containsExactlyInAnyOrderElementsOf(names());
        // The watchdog is never quiet; that is what it is for.
        quiet.add("KodaWatchdog");
        assertThat(quiet).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void everyAlertSaysWhatItIsHowUrgentAndWhatToDo() {
        assertThat(names()).containsAll(KODAS);
        for (var alert : Shipped.alerts()) {
            var name = alert.path("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText())
                    .as(name)
                    .isNotBlank()
                    .doesNotContain("\n");
            assertThat(alert.at("/annotations/description").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("https://koda.internal/runbooks/" + name + ".md");
            assertThat(Shipped.text(Shipped.runbooks().resolve(name + ".md"))
                            .lines()
                            .filter(line -> line.startsWith("#")))
                    .as(name)
                    .startsWith("# " + name)
                    .containsSubsequence(HEADINGS)
                    .hasSize(1 + HEADINGS.size());
        }
    }

    @Test
    void everyRunbookBelongsToAnAlert() {
        var pages = Shipped.files(Shipped.runbooks(), ".md").stream()
                .map(page -> page.getFileName().toString().replace(".md", ""))
                .toList();

        assertThat(pages).containsExactlyInAnyOrderElementsOf(names());
    }

    /** Each burn rate of the SRE workbook, with its short window and a floor of traffic. */
    @Test
    void anObjectiveHasFourWindows() {
        for (var name : List.of("KodaRequestsErrorBudgetBurn", "KodaReadinessErrorBudgetBurn")) {
            var burns = Shipped.alerts().stream()
                    .filter(alert -> alert.path("alert").asText().equals(name))
                    .toList();
            assertThat(burns.stream().map(burn -> burn.at("/labels/window").asText()))
                    .containsExactly("1h", "6h", "1d", "3d");
            assertThat(burns)
                    .allSatisfy(burn -> assertThat(burn.path("expr").asText()).endsWith("> 50"));
        }
    }

    @Test
    void amtoolAcceptsTheRoutes() {
        var file = Shipped.file("alertmanager/alertmanager.yml").toString();

        assertSilent("amtool", "check-config", file);
        assertThat(routed(file, "alertname=KodaDown", "severity=critical")).isEqualTo("page");
        assertThat(routed(file, "alertname=KodaStale", "severity=warning")).isEqualTo("ticket");
        assertThat(routed(file, "alertname=KodaWatchdog", "severity=info")).isEqualTo("dead-man");
        assertThat(routed(file, "alertname=Other", "severity=info")).isEqualTo("nobody");
    }

    /** A rule that inhibits by a name that no alert has inhibits nothing. */
    @Test
    void whatIsInhibitedExists() {
        for (var rule : Shipped.each(
                Shipped.read(Shipped.file("alertmanager/alertmanager.yml")).path("inhibit_rules"))) {
            for (var side : List.of("source_matchers", "target_matchers")) {
                var matcher = rule.path(side).get(0).asText();
                var pattern = matcher.replaceFirst("alertname =~? \"(.+)\"", "$1");
                assertThat(pattern).as(matcher).isNotEqualTo(matcher);
                for (var alternative : alternatives(pattern)) {
                    assertThat(names()).as(matcher).anyMatch(name -> name.matches(alternative));
                }
            }
        }
    }

    /** {@code A|B(C|D)} is A, BC and BD. */
    private static List<String> alternatives(String pattern) {
        var all = new ArrayList<String>();
        for (var part : pattern.split("\\|(?![^(]*\\))", -1)) {
            int open = part.indexOf('(');
            if (open < 0) {
                all.add(part);
            } else {
                for (var end : part.substring(open + 1, part.length() - 1).split("\\|", -1)) {
                    all.add(part.substring(0, open) + end);
                }
            }
        }
        return all;
    }

    @Test
    void blackboxExporterAcceptsItsModules() {
        var file = Shipped.file("blackbox/blackbox.yml");
        var check = sandbox.run(List.of("prometheus-blackbox-exporter", "--config.check", "--config.file=" + file));
        assertThat(check.awaitExit(LIMIT)).as(check.toString()).isZero();

        var modules = Shipped.read(file).path("modules");
        for (var job : Shipped.each(
                Shipped.read(Shipped.file("prometheus/prometheus.yml")).path("scrape_configs"))) {
            for (var module : Shipped.each(job.at("/params/module"))) {
                assertThat(modules.has(module.asText())).as("module %s", module).isTrue();
            }
        }
    }

    private static String routed(String file, String... labels) {
        var command = new ArrayList<>(List.of("amtool", "config", "routes", "test", "--config.file=" + file));
        command.addAll(List.of(labels));
        var amtool = sandbox.run(command);
        assertThat(amtool.awaitExit(LIMIT)).as(amtool.toString()).isZero();
        return amtool.output().strip();
    }

    private static Set<String> names() {
        return Shipped.alerts().stream()
                .map(alert -> alert.path("alert"))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Exit code 0, and no word of failure or warning. */
    private static void assertSilent(String... command) {
        var tool = sandbox.run(List.of(command));
        assertThat(tool.awaitExit(LIMIT)).as(tool.toString()).isZero();
        assertThat(tool.output() + tool.errors())
                .doesNotContainIgnoringCase("fail")
                .doesNotContainIgnoringCase("warn");
    }
}
