package dev.koda.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.Report;
import dev.koda.checks.Skipped;
import dev.koda.cli.Golden;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTextTest {
    private static final TextStyle PLAIN = TextStyle.plain(true);

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void showsAHealthyStack(int columns) throws IOException {
        Golden.assertMatches("healthy-" + columns + ".txt", onTerminal(SampleReports.healthy(), columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void showsWhatIsBrokenAndWhatToDoLast(int columns) throws IOException {
        Golden.assertMatches("broken-" + columns + ".txt", onTerminal(SampleReports.broken(), columns));
    }

    @Test
    void paintsByStatusOnAColourTerminal() throws IOException {
        Golden.assertMatches(
                "broken-colour.txt", ReportText.render(SampleReports.broken(), TextStyle.terminal(80, true, true)));
    }

    @Test
    void fallsBackToAsciiShapes() throws IOException {
        var text = ReportText.render(SampleReports.broken(), TextStyle.terminal(80, false, false));

        assertThat(text).matches("\\p{ASCII}+");
        Golden.assertMatches("broken-ascii.txt", text);
    }

    @Test
    void writesOneLineForOneThingWhereNobodyWatches() throws IOException {
        Golden.assertMatches("broken-plain.txt", ReportText.render(SampleReports.broken(), PLAIN));
        Golden.assertMatches("healthy-plain.txt", ReportText.render(SampleReports.healthy(), PLAIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 120, 200})
    void neverWritesALineWiderThanTheTerminal(int columns) {
        for (var report : new Report[] {SampleReports.healthy(), SampleReports.broken(), SampleReports.hostile()}) {
            assertThat(onTerminal(report, columns)
                            .lines()
                            .filter(line -> !line.startsWith("    try") && !line.startsWith("    docs")))
                    .allSatisfy(line -> assertThat(Lines.width(line)).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void usesTheWidthOfTheTerminalUpToOneThatCanBeRead() {
        assertThat(widest(120)).isBetween(110, 120);
        assertThat(widest(160)).isBetween(145, 160);
        assertThat(widest(400)).isEqualTo(widest(160));
    }

    @Test
    void saysInOneWordThatAWholeGroupIsSkipped() {
        var skipped = Stream.of(
                        "a.one", "a.two", "a.three", "b.one", "b.two", "disk.inodes", "disk.space", "disk.read-only")
                .map(id -> new Skipped(CheckId.of(id), "nothing is set"))
                .toList();
        var ran = SampleReports.healthy();
        var report = Report.of(ran.suite(), ran.service(), ran.generatedAt(), ran.took(), ran.checks(), skipped);

        assertThat(onTerminal(report, 120))
                .contains("a.* (3), b.one, b.two, disk.inodes, disk.space, disk.read-only: nothing is set");
    }

    private static int widest(int columns) {
        return onTerminal(SampleReports.hostile(), columns)
                .lines()
                .mapToInt(Lines::width)
                .max()
                .orElse(0);
    }

    @Test
    void aCommandStandsOnOneLineHoweverNarrowTheTerminalIs() {
        assertThat(onTerminal(SampleReports.broken(), 20).lines().map(String::strip))
                .contains("try   pg_isready -t 5 -h db -p 5432");
    }

    @Test
    void letsNoTextSteerTheTerminal() {
        assertThat(onTerminal(SampleReports.hostile(), 80))
                .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e]");
        assertThat(ReportText.render(SampleReports.hostile(), PLAIN))
                .contains("bell ? esc ?[31m csi ? bidi ? nl ? wide");
    }

    @Test
    void sameStatusSameWordOnEveryPlainLine() {
        var report = SampleReports.broken();
        var lines = ReportText.render(report, PLAIN).lines().toList();

        assertThat(lines.stream().filter(line -> line.startsWith("FAIL ")))
                .hasSize(report.summary().fail());
        assertThat(lines.stream().filter(line -> line.startsWith("NOTRUN ")))
                .hasSize(report.summary().notRun());
        assertThat(lines.stream().filter(line -> line.startsWith("WARN ")))
                .hasSize(report.summary().warn() - report.summary().notRun());
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo(
                        "SUMMARY fail checks=10 pass=6 warn=3 fail=1 not_run=2 skipped=2 took_ms=912 at=2026-11-23T12:00:00Z");
    }

    @Test
    void namesFailuresBeforeWarningsAndWhatKeepsOthersFromRunningFirst() {
        assertThat(Attention.of(SampleReports.broken()))
                .extracting(result -> result.id().toString())
                .containsExactly("postgres.tcp", "secrets.strength");
        assertThat(Attention.of(SampleReports.brokenTwice()))
                .extracting(result -> result.id().toString())
                .containsExactly("postgres.tcp", "config.parse", "secrets.strength");
    }

    @Test
    void namesDocumentsWhereAReaderFindsThem() {
        for (var style : new TextStyle[] {PLAIN, TextStyle.terminal(80, false, true)}) {
            assertThat(ReportText.render(SampleReports.broken(), style, docs -> "/opt/koda/" + docs))
                    .contains(" /opt/koda/docs/checks.md#postgres-tcp\n")
                    .doesNotContain(" docs/checks.md");
        }
    }

    private static String onTerminal(Report report, int columns) {
        return ReportText.render(report, TextStyle.terminal(columns, false, true));
    }
}
