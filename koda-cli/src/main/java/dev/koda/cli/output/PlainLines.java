package dev.koda.cli.output;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Skipped;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A report for a pipe, a file or a log: one line for one thing, the first word says what it is. */
final class PlainLines {
    private final StringBuilder text = new StringBuilder(4096);
    private final Report report;
    private final TextStyle style;
    private final UnaryOperator<String> locate;
    private final int wordColumns;
    private final int idColumns;

    PlainLines(Report report, TextStyle style, UnaryOperator<String> locate) {
        this.report = report;
        this.style = style;
        this.locate = locate;
        this.wordColumns = 1
                + (report.summary().notRun() > 0 ? Mark.NOT_RUN : Mark.PASS)
                        .word()
                        .length();
        var ids = Stream.concat(
                report.checks().stream().map(CheckResult::id),
                report.skipped().stream().map(Skipped::id));
        this.idColumns = ids.mapToInt(id -> Lines.width(id.toString())).max().orElse(0);
    }

    String render() {
        for (var results : Categories.of(report).values()) {
            results.forEach(result -> line(Mark.of(result).word(), result.id().toString(), result.message()));
        }
        for (var skipped : report.skipped()) {
            line(Mark.SKIPPED.word(), skipped.id().toString(), skipped.why());
        }
        for (var result : Attention.of(report)) {
            line("HINT", result.id().toString(), result.outcome().hint());
            line("TRY", result.id().toString(), result.spec().command());
            var docs = result.spec().docs();
            line("DOCS", result.id().toString(), docs == null ? null : locate.apply(docs));
        }
        summary();
        return text.toString();
    }

    private void line(String word, String id, @Nullable String words) {
        if (words != null) {
            text.append(Lines.padded(word, wordColumns))
                    .append(Lines.padded(Lines.safe(id, style), idColumns))
                    .append("  ")
                    .append(Lines.safe(words, style))
                    .append('\n');
        }
    }

    private void summary() {
        var summary = report.summary();
        text.append("SUMMARY ").append(report.status().wireName());
        text.append(" checks=").append(summary.total());
        text.append(" pass=").append(summary.pass());
        text.append(" warn=").append(summary.warn());
        text.append(" fail=").append(summary.fail());
        text.append(" not_run=").append(summary.notRun());
        text.append(" skipped=").append(summary.skipped());
        text.append(" took_ms=").append(report.took().toMillis());
        text.append(" at=")
                .append(report.generatedAt().truncatedTo(ChronoUnit.SECONDS))
                .append('\n');
    }
}
