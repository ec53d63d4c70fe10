package dev.koda.checks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.koda.checks.Report;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportReaderTest {
    @ParameterizedTest
    @MethodSource("dev.koda.checks.report.ReportSchemaTest#reportsOfEveryShape")
    void whatIsReadIsWrittenTheSameAgain(Report report) {
        var bytes = ReportJson.write(report);

        var read = ReportReader.read(bytes);

        assertThat(ReportJson.write(read)).asString(UTF_8).isEqualTo(new String(bytes, UTF_8));
        assertThat(ReportJson.stable(read)).isEqualTo(ReportJson.stable(report));
        assertThat(read.message()).isEqualTo(report.message());
    }

    @Test
    void leavesOutWhatALaterVersionAdds() {
        var later = text(SampleReports.warning()).replaceFirst("\\{", "{\"mood\":[{\"good\":null}],");

        assertThat(ReportJson.write(ReportReader.read(later.getBytes(UTF_8))))
                .asString(UTF_8)
                .isEqualTo(text(SampleReports.warning()));
    }

    /** Quotes are single here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; it is not one JSON object",
                "[]; it is not one JSON object",
                "{}{}; it is not one JSON object",
                "{; it is not JSON",
                "{'schema':'koda.report/v2'}; it is no koda.report/v1",
                "{'schema':'koda.report/v1'}; its 'suite' is not a text"
            })
    void saysWhatIsWrongWithADocument(String document, String why) {
        var bytes = document == null ? new byte[0] : document.replace('\'', '"').getBytes(UTF_8);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportReader.read(bytes))
                .withMessageContaining(why);
    }

    @Test
    void aStatusThatThereIsNotIsNoReport() {
        var odd = text(SampleReports.warning()).replace("\"raw_status\":\"warn\"", "\"raw_status\":\"hunter2\"");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportReader.read(odd.getBytes(UTF_8)))
                .withMessage("its 'raw_status' is not pass, warn or fail");
    }

    @Test
    void aCutDocumentIsNeverAReport() {
        var bytes = ReportJson.write(SampleReports.broken());
        for (int length = 0; length < bytes.length - 2; length += 7) {
            var cut = Arrays.copyOf(bytes, length);

            assertThatIllegalArgumentException().isThrownBy(() -> ReportReader.read(cut));
        }
    }

    private static String text(Report report) {
        return new String(ReportJson.write(report), UTF_8);
    }
}
