package dev.koda.cli.output;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.Skipped;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A report on a person's screen, as wide as it is. */
final class TerminalTable {
    private static final String INDENT = "  ";
    private static final String GAP = "  ";
    /** Indent, shape and a blank before an id. */
    private static final int BEFORE_ID = 4;

    private final StringBuilder text = new StringBuilder(4096);
    private final Report report;
    private final TextStyle style;
    private final UnaryOperator<String> locate;
    private final int idColumns;

    TerminalTable(Report report, TextStyle style, UnaryOperator<String> locate) {
        this.report = report;
        this.style = style;
        this.locate = locate;
        int widest = report.checks().stream()
                .mapToInt(result -> Lines.width(result.id().toString()))
                .max()
                .orElse(0);
        this.idColumns = Math.min(widest, style.columns() * 9 / 20);
    }

    String render() {
        header();
        Categories.of(report).forEach((category, results) -> {
            title(Categories.title(category));
            results.forEach(result -> row(Mark.of(result), result.id().toString(), result.message()));
        });
        if (!report.skipped().isEmpty()) {
            title("Skipped");
            skippedByReason().forEach((why, ids) -> skipped(why, folded(ids)));
        }
        var attention = Attention.of(report);
        if (!attention.isEmpty()) {
            title("What to do");
            attention.forEach(this::advice);
        }
        summary();
        return text.toString();
    }

    private void header() {
        var service = report.service();
        var about = Stream.of(service.version(), service.environment())
                .filter(part -> part != null && !part.isBlank())
                .toList();
        var name = safe(service.name()) + (about.isEmpty() ? "" : " " + safe(String.join(", ", about)));
        line(Ink.BOLD.paint(report.suite().name(), style) + Ink.DIM.paint(" of " + name, style));
    }

    private void title(String title) {
        line("");
        line(Ink.BOLD.paint(title, style));
    }

    /** Shape, id and message; the message goes on under itself, and starts a line lower where the id is too long. */
    private void row(Mark mark, String id, String message) {
        var name = safe(id);
        boolean fits = Lines.width(name) <= idColumns;
        int messageColumn = BEFORE_ID + idColumns + GAP.length();
        var lines = Lines.wrapped(safe(message), style.columns() - messageColumn);
        var start = INDENT + mark.shape(style) + ' ' + painted(mark, fits ? Lines.padded(name, idColumns) : name);
        line(fits ? start + GAP + lines.get(0) : start);
        for (var more : fits ? lines.subList(1, lines.size()) : lines) {
            line(" ".repeat(messageColumn) + more);
        }
    }

    private Map<String, List<String>> skippedByReason() {
        return report.skipped().stream()
                .collect(Collectors.groupingBy(
                        Skipped::why,
                        LinkedHashMap::new,
                        Collectors.mapping(skipped -> skipped.id().toString(), Collectors.toList())));
    }

    /** A group of which nothing ran, and all for one reason, in one word: {@code postgres.* (15)}. */
    private List<String> folded(List<String> ids) {
        var groups = ids.stream()
                .collect(Collectors.groupingBy(TerminalTable::group, LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .flatMap(group -> isWhole(group.getKey(), group.getValue().size())
                        ? Stream.of(group.getKey() + ".* (" + group.getValue().size() + ")")
                        : group.getValue().stream())
                .toList();
    }

    private boolean isWhole(String group, int count) {
        long all = Stream.concat(
                        report.checks().stream().map(result -> result.id().toString()),
                        report.skipped().stream().map(skipped -> skipped.id().toString()))
                .filter(id -> group(id).equals(group))
                .count();
        return count > 2 && all == count;
    }

    private static String group(String id) {
        return id.substring(0, id.indexOf('.'));
    }

    /** One reason and all that it keeps from running. */
    private void skipped(String why, List<String> ids) {
        var lines = Lines.wrapped(safe(String.join(", ", ids) + ": " + why), style.columns() - BEFORE_ID);
        line(INDENT + Mark.SKIPPED.shape(style) + ' ' + Mark.SKIPPED.ink().paint(lines.get(0), style));
        for (var more : lines.subList(1, lines.size())) {
            line(" ".repeat(BEFORE_ID) + Mark.SKIPPED.ink().paint(more, style));
        }
    }

    private String painted(Mark mark, String words) {
        return switch (mark) {
            case FAIL, WARN, NOT_RUN, SKIPPED -> mark.ink().paint(words, style);
            case PASS -> words;
        };
    }

    private void advice(CheckResult result) {
        var mark = Mark.of(result);
        var reason = result.reason();
        line(INDENT
                + mark.shape(style)
                + ' '
                + painted(mark, safe(result.id().toString()))
                + (reason == null ? "" : Ink.DIM.paint(GAP + reason.code(), style)));
        labelled("seen", result.message());
        labelled("do", result.outcome().hint());
        copyable("try", result.spec().command());
        var docs = result.spec().docs();
        copyable("docs", docs == null ? null : locate.apply(docs));
        long waiting = Attention.waitingFor(result, report);
        if (waiting > 0) {
            labelled("so", waiting + (waiting == 1 ? " check was" : " checks were") + " not run");
        }
    }

    /** Never wrapped: what a terminal wraps by itself can be copied as one line. */
    private void copyable(String label, @Nullable String words) {
        if (words != null) {
            line(" ".repeat(BEFORE_ID) + Ink.DIM.paint(Lines.padded(label, 6), style) + safe(words));
        }
    }

    private void labelled(String label, @Nullable String value) {
        if (value == null) {
            return;
        }
        int column = BEFORE_ID + 6;
        var lines = Lines.wrapped(safe(value), style.columns() - column);
        line(" ".repeat(BEFORE_ID) + Ink.DIM.paint(Lines.padded(label, 6), style) + lines.get(0));
        for (var more : lines.subList(1, lines.size())) {
            line(" ".repeat(column) + more);
        }
    }

    private void summary() {
        var mark = switch (report.status()) {
            case PASS -> Mark.PASS;
            case WARN -> Mark.WARN;
            case FAIL -> Mark.FAIL;
        };
        line("");
        var counts = String.join(style.unicode() ? " \u00b7 " : ", ", counts());
        int column = 2 + mark.word().length() + GAP.length();
        var lines = Lines.wrapped(counts, style.columns() - column);
        line(mark.shape(style) + ' ' + mark.ink().paint(mark.word(), style) + GAP + lines.get(0));
        lines.subList(1, lines.size()).forEach(more -> line(" ".repeat(column) + more));
    }

    private List<String> counts() {
        var summary = report.summary();
        var counts = new ArrayList<String>();
        add(counts, summary.fail(), "failed", "failed");
        add(counts, summary.warn() - summary.notRun(), "warning", "warnings");
        add(counts, summary.notRun(), "not run", "not run");
        add(counts, summary.pass(), "passed", "passed");
        add(counts, summary.skipped(), "skipped", "skipped");
        counts.add(String.format(Locale.ROOT, "%.1f s", report.took().toMillis() / 1000.0));
        counts.add(report.generatedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        return counts;
    }

    private static void add(List<String> counts, int count, String one, String many) {
        if (count > 0) {
            counts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private String safe(String words) {
        return Lines.safe(words, style);
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
