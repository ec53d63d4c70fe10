package dev.koda.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.Report;
import dev.koda.checks.report.HealthJson;
import dev.koda.checks.report.OpenMetricsReport;
import dev.koda.checks.report.ReportJson;
import dev.koda.cli.output.HtmlReport;
import dev.koda.cli.output.JunitReport;
import dev.koda.cli.output.NagiosReport;
import dev.koda.cli.output.ReportText;
import dev.koda.cli.output.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a report can be written; the words of {@code -o}. */
enum OutputFormat {
    TEXT("text") {
        @Override
        byte[] write(Report report, Taste taste) {
            return ReportText.render(report, taste.style, taste.locate)
                    .getBytes(taste.style.unicode() ? UTF_8 : US_ASCII);
        }
    },
    JSON("json") {
        @Override
        byte[] write(Report report, Taste taste) {
            return taste.isStable ? ReportJson.stable(report) : ReportJson.write(report);
        }
    },
    JUNIT("junit") {
        @Override
        byte[] write(Report report, Taste taste) {
            return JunitReport.write(report, taste.isWarningForgiven);
        }
    },
    NAGIOS("nagios") {
        @Override
        byte[] write(Report report, Taste taste) {
            return NagiosReport.write(report, taste.isWarningForgiven);
        }
    },
    OPENMETRICS("openmetrics") {
        @Override
        byte[] write(Report report, Taste taste) {
            return OpenMetricsReport.write(report);
        }
    },
    HEALTH_JSON("health+json") {
        @Override
        byte[] write(Report report, Taste taste) {
            return HealthJson.write(report);
        }
    },
    HTML("html") {
        @Override
        byte[] write(Report report, Taste taste) {
            return HtmlReport.write(report);
        }
    };

    private final String word;

    OutputFormat(String word) {
        this.word = word;
    }

    /**
     * What a caller wants of more than one format.
     *
     * @param style what the place of a text can show
     * @param locate where a reader of a text finds what a check names as its documentation
     * @param isStable JSON without what differs from run to run
     * @param isWarningForgiven whether the exit code of a warning is 0
     */
    record Taste(TextStyle style, UnaryOperator<String> locate, boolean isStable, boolean isWarningForgiven) {
        Taste withStyle(TextStyle other) {
            return new Taste(other, locate, isStable, isWarningForgiven);
        }
    }

    /** The whole document. */
    abstract byte[] write(Report report, Taste taste);

    static Optional<OutputFormat> find(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(OutputFormat::toString).toList();
    }

    @Override
    public String toString() {
        return word;
    }
}
