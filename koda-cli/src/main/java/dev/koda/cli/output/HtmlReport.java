package dev.koda.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.Category;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report as one page for a ticket or a mail: it needs nothing but itself, runs no script, loads nothing, and shows as
 * well in the dark and on paper. What to do comes first, because that is why somebody opens it.
 */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder html = new StringBuilder(16_384);
    private final Report report;

    private HtmlReport(Report report) {
        this.report = report;
    }

    /** The whole page, UTF-8. */
    public static byte[] write(Report report) {
        return new HtmlReport(report).render().getBytes(UTF_8);
    }

    private String render() {
        head();
        heading();
        attention();
        html.append("<section>\n<h2>All checks</h2>\n");
        Categories.of(report).forEach(this::category);
        html.append("</section>\n");
        skipped();
        html.append("</main>\n</body>\n</html>\n");
        return html.toString();
    }

    private void head() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        html.append("style-src 'unsafe-inline'\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.append("<title>").append(Markup.escaped(word(report.status()) + ": " + about()));
        html.append("</title>\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    }

    private static String style() {
        try (var file = HtmlReport.class.getResourceAsStream("report.css")) {
            if (file == null) {
                throw new IllegalStateException("report.css is missing beside HtmlReport");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.css cannot be read", e);
        }
    }

    private String about() {
        return report.suite() + " of " + report.service().name();
    }

    private void heading() {
        var service = report.service();
        html.append("<header>\n<h1>").append(badge(report.status().wireName(), word(report.status())));
        html.append(Markup.escaped(about())).append("</h1>\n");
        element("p", "lead", report.message());
        html.append("<dl>\n");
        fact("Version", service.version());
        fact("Environment", service.environment());
        fact("Made at", TIME.format(report.generatedAt()));
        fact("Took", String.format(Locale.ROOT, "%.1f s", report.took().toMillis() / 1000.0));
        html.append("</dl>\n<ul class=\"counts\">\n");
        var summary = report.summary();
        count("fail", summary.fail(), "failed");
        count(
                "warn",
                summary.warn() - summary.notRun(),
                summary.warn() - summary.notRun() == 1 ? "warning" : "warnings");
        count("not-run", summary.notRun(), "not run");
        count("pass", summary.pass(), "passed");
        count("skipped", summary.skipped(), "skipped");
        html.append("</ul>\n</header>\n");
    }

    private static String word(Status status) {
        return status.wireName().toUpperCase(Locale.ROOT);
    }

    private static String badge(String kind, String word) {
        return "<span class=\"badge " + kind + "\">" + word + "</span> ";
    }

    private void fact(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            html.append("<div><dt>").append(name).append("</dt><dd>").append(Markup.escaped(value));
            html.append("</dd></div>\n");
        }
    }

    private void code(String name, @Nullable String value) {
        if (value != null) {
            html.append("<div><dt>").append(name).append("</dt><dd><code>").append(Markup.escaped(value));
            html.append("</code></dd></div>\n");
        }
    }

    private void count(String kind, int count, String word) {
        html.append("<li class=\"")
                .append(count == 0 ? "none" : kind)
                .append("\"><b>")
                .append(count);
        html.append("</b> ").append(word).append("</li>\n");
    }

    private void attention() {
        var attention = Attention.of(report);
        if (attention.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>What to do</h2>\n");
        attention.forEach(this::advice);
        html.append("</section>\n");
    }

    private void advice(CheckResult result) {
        html.append("<article class=\"")
                .append(kind(result))
                .append("\">\n<h3>")
                .append(badge(result));
        html.append("<code>").append(Markup.escaped(result.id().toString())).append("</code>");
        var reason = result.reason();
        if (reason != null) {
            html.append(" <small>").append(Markup.escaped(reason.code())).append("</small>");
        }
        html.append("</h3>\n<dl>\n");
        fact("Seen", result.message());
        fact("Do", result.outcome().hint());
        code("Try", result.spec().command());
        docs(result.spec().docs());
        long waiting = Attention.waitingFor(result, report);
        fact("So", waiting == 0 ? null : waiting + (waiting == 1 ? " check was" : " checks were") + " not run");
        html.append("</dl>\n</article>\n");
    }

    /** A path stands in the distribution, which the reader of a ticket may not have. */
    private void docs(@Nullable String docs) {
        if (docs == null || !docs.startsWith("https://")) {
            fact("More", docs);
            return;
        }
        var url = Markup.escaped(docs);
        html.append("<div><dt>More</dt><dd><a rel=\"noreferrer\" href=\"")
                .append(url)
                .append("\">")
                .append(url);
        html.append("</a></dd></div>\n");
    }

    private void category(Category category, List<CheckResult> results) {
        html.append("<h3>").append(Categories.title(category)).append("</h3>\n<div class=\"wide\"><table>\n");
        html.append("<thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Check</th>");
        html.append("<th scope=\"col\">What was seen</th><th scope=\"col\">Took</th></tr></thead>\n<tbody>\n");
        for (var result : results) {
            html.append("<tr><td>").append(badge(result)).append("</td><th scope=\"row\"><code>");
            html.append(Markup.escaped(result.id().toString())).append("</code></th><td>");
            html.append(Markup.escaped(result.message())).append("</td><td>");
            html.append(result.took().toMillis()).append(" ms</td></tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private static String kind(CheckResult result) {
        return result.isNotRun() ? "not-run" : result.status().wireName();
    }

    private static String badge(CheckResult result) {
        return badge(kind(result), result.isNotRun() ? "NOT RUN" : word(result.status()));
    }

    private void skipped() {
        if (report.skipped().isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>Skipped, because it does not apply here</h2>\n<ul>\n");
        html.append(report.skipped().stream()
                .map(skipped -> "<li><code>" + Markup.escaped(skipped.id().toString()) + "</code> "
                        + Markup.escaped(skipped.why()) + "</li>\n")
                .collect(Collectors.joining()));
        html.append("</ul>\n</section>\n");
    }

    private void element(String name, String kind, String text) {
        html.append('<').append(name).append(" class=\"").append(kind).append("\">");
        html.append(Markup.escaped(text)).append("</").append(name).append(">\n");
    }
}
