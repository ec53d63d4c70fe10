package dev.koda.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Report;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NagiosReportTest {
    /** One value by the guidelines: 'label'=value[UOM];[warn];[crit]. */
    private static final String VALUE =
            "'(?:[^'=]|'')++'=-?[0-9.]++(%|B|s|ms)?+(;(-?[0-9.]++:?+)?+;(-?[0-9.]++:?+)?+)?+";

    private static final Pattern FIRST_LINE =
            Pattern.compile("KODA (OK|WARNING|CRITICAL) - [^|\\n]++\\| " + VALUE + "( " + VALUE + ")*+");

    @Test
    void theFirstLineSaysStateNamesAndValues() {
        assertThat(lines(SampleReports.broken(), false)[0])
                .isEqualTo("KODA CRITICAL - 4 of 10 checks need attention: postgres.tcp, secrets.strength"
                        + " | 'took'=912ms");
        assertThat(lines(SampleReports.healthy(), false)[0]).isEqualTo("KODA OK - all 10 checks pass | 'took'=912ms");
        assertThat(lines(SampleReports.measured(), false)[0])
                .isEqualTo("KODA WARNING - 1 of 1 check needs attention: disk.space[it's=D:/x] | 'took'=912ms"
                        + " 'disk.space[it''s_D:/x] free'=12.1%;15:;5:"
                        + " 'disk.space[it''s_D:/x] free_bytes'=8123456789B");
    }

    @Test
    void theStateIsThatOfTheExitCode() {
        assertThat(lines(SampleReports.measured(), true)[0]).startsWith("KODA OK - 1 of 1 check needs attention");
        assertThat(lines(SampleReports.broken(), true)[0]).startsWith("KODA CRITICAL - ");
    }

    @Test
    void theOtherLinesSayWhatIsWrongTheWorstFirst() {
        assertThat(lines(SampleReports.broken(), false))
                .hasSize(3)
                .satisfies(lines -> assertThat(lines[1]).startsWith("[CRITICAL] postgres.tcp: db:5432 refused"))
                .satisfies(lines -> assertThat(lines[1]).contains("; do: start Postgres"))
                .satisfies(lines -> assertThat(lines[2]).startsWith("[WARNING] secrets.strength: "));
    }

    @Test
    void noTextBeginsValuesOrSteersATerminal() {
        for (var report : SampleReports.all()) {
            var text = new String(NagiosReport.write(report, false), UTF_8);

            assertThat(text).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e]");
            assertThat(text.lines().findFirst().orElseThrow()).matches(FIRST_LINE);
            assertThat(text.lines().skip(1)).noneMatch(line -> line.contains("|"));
        }
        assertThat(new String(NagiosReport.without("UNKNOWN", "no | no\u0007"), UTF_8))
                .isEqualTo("KODA UNKNOWN - no / no?\n");
    }

    @Test
    void staysBelowWhatNagiosReads() {
        var text = new String(NagiosReport.write(SampleReports.large(), false), UTF_8);

        assertThat(text.getBytes(UTF_8)).hasSizeLessThan(8192).hasSizeGreaterThan(7000);
        assertThat(text.lines().findFirst().orElseThrow()).matches(FIRST_LINE).contains(" and 495 more | ");
        assertThat(text).endsWith("\n");
    }

    private static String[] lines(Report report, boolean isWarningForgiven) {
        return new String(NagiosReport.write(report, isWarningForgiven), UTF_8)
                .lines()
                .toArray(String[]::new);
    }
}
