package dev.koda.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.Category;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Skipped;
import dev.koda.checks.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as the XML that build servers read as test results: a suite for each category, a case for each check.
 *
 * <p>A case is a failure exactly if it keeps the exit code from being 0, so that the build and the command agree; another
 * warning is text of a case that passes. What was not run or does not apply is skipped.
 */
public final class JunitReport {
    private final StringBuilder xml = new StringBuilder(4096);
    private final Report report;
    private final boolean isWarningForgiven;

    private JunitReport(Report report, boolean isWarningForgiven) {
        this.report = report;
        this.isWarningForgiven = isWarningForgiven;
    }

    /**
     * The whole report, UTF-8.
     *
     * @param isWarningForgiven whether the exit code of a warning is 0
     */
    public static byte[] write(Report report, boolean isWarningForgiven) {
        return new JunitReport(report, isWarningForgiven).render().getBytes(UTF_8);
    }

    /** What a category holds. */
    private record Cases(List<CheckResult> results, List<Skipped> skipped) {
        Cases() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        int count() {
            return results.size() + skipped.size();
        }
    }

    private String render() {
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var all = new Cases(report.checks(), report.skipped());
        xml.append("<testsuites");
        attribute("name", report.suite() + " of " + report.service().name());
        counts(all, report.took());
        xml.append(">\n");
        byCategory().forEach(this::suite);
        return xml.append("</testsuites>\n").toString();
    }

    private Map<Category, Cases> byCategory() {
        var byCategory = new LinkedHashMap<Category, Cases>();
        Categories.of(report)
                .forEach((category, results) ->
                        cases(byCategory, category).results.addAll(results));
        for (var skipped : report.skipped()) {
            cases(byCategory, Category.of(skipped.id())).skipped.add(skipped);
        }
        return byCategory;
    }

    private static Cases cases(Map<Category, Cases> byCategory, Category category) {
        return byCategory.computeIfAbsent(category, key -> new Cases());
    }

    private void suite(Category category, Cases cases) {
        xml.append("  <testsuite");
        attribute("name", report.suite() + "." + category.wireName());
        var took = cases.results.stream().map(CheckResult::took).reduce(Duration.ZERO, Duration::plus);
        counts(cases, took);
        attribute("timestamp", stamp(report.generatedAt()));
        xml.append(">\n");
        cases.results.forEach(result -> testCase(category, result));
        cases.skipped.forEach(skipped -> {
            begin(category, skipped.id().toString(), Duration.ZERO);
            skipped(skipped.why());
            end();
        });
        xml.append("  </testsuite>\n");
    }

    /** XML Schema's dateTime in the form that the readers of this format know: seconds, no zone, UTC. */
    private static String stamp(Instant time) {
        var text = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return text.substring(0, text.length() - 1);
    }

    private void counts(Cases cases, Duration took) {
        long notRun = cases.results.stream().filter(CheckResult::isNotRun).count();
        attribute("tests", Integer.toString(cases.count()));
        attribute(
                "failures",
                Long.toString(cases.results.stream().filter(this::isFailure).count()));
        attribute("errors", "0");
        attribute("skipped", Long.toString(cases.skipped.size() + notRun));
        attribute("time", seconds(took));
    }

    private boolean isFailure(CheckResult result) {
        boolean isWarning = result.status() != Status.PASS && !result.isNotRun();
        return isWarningForgiven ? report.isFailedBy(result) : isWarning;
    }

    private void testCase(Category category, CheckResult result) {
        begin(category, result.id().toString(), result.took());
        if (result.isNotRun()) {
            skipped(result.message());
        } else if (isFailure(result)) {
            failure(result);
        }
        if (result.status() != Status.PASS && !isFailure(result) && !result.isNotRun()) {
            element("system-out", Mark.of(result).word() + " " + result.message() + andHint(result));
        }
        end();
    }

    private void failure(CheckResult result) {
        var reason = result.reason();
        xml.append("      <failure");
        attribute("type", reason == null ? result.status().wireName() : reason.code());
        attribute("message", result.message());
        xml.append('>');
        xml.append(Markup.escaped(Mark.of(result).word() + " " + result.message() + andHint(result)));
        xml.append("</failure>\n");
    }

    private static String andHint(CheckResult result) {
        @Nullable String hint = result.outcome().hint();
        return hint == null ? "" : "; do: " + hint;
    }

    private void begin(Category category, String id, Duration took) {
        xml.append("    <testcase");
        attribute("classname", report.suite() + "." + category.wireName());
        attribute("name", id);
        attribute("time", seconds(took));
        xml.append(">\n");
    }

    private void end() {
        xml.append("    </testcase>\n");
    }

    private void skipped(String why) {
        xml.append("      <skipped");
        attribute("message", why);
        xml.append("/>\n");
    }

    private void element(String name, String text) {
        xml.append("      <").append(name).append('>').append(Markup.escaped(text));
        xml.append("</").append(name).append(">\n");
    }

    private void attribute(String name, String value) {
        xml.append(' ').append(name).append("=\"").append(Markup.escaped(value)).append('"');
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
