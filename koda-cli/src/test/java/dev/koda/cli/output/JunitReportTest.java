package dev.koda.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Report;
import dev.koda.checks.Status;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class JunitReportTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsTheBuildExactlyWhenTheCommandDoes(boolean isWarningForgiven) throws Exception {
        for (var report : SampleReports.all()) {
            boolean isBad = report.status() == Status.FAIL || (report.status() == Status.WARN && !isWarningForgiven);

            int failures = number(parse(report, isWarningForgiven), "failures");

            assertThat(failures > 0).isEqualTo(isBad);
        }
    }

    @Test
    void countsWhatItHolds() throws Exception {
        var all = parse(SampleReports.broken(), false);
        var suites = elements(all, "testsuite");

        assertThat(number(all, "tests")).isEqualTo(12).isEqualTo(sum(suites, "tests"));
        assertThat(number(all, "failures")).isEqualTo(2).isEqualTo(sum(suites, "failures"));
        assertThat(number(all, "skipped")).isEqualTo(4).isEqualTo(sum(suites, "skipped"));
        for (var suite : suites) {
            assertThat(elements(suite, "testcase")).hasSize(number(suite, "tests"));
            assertThat(elements(suite, "failure")).hasSize(number(suite, "failures"));
            assertThat(elements(suite, "skipped")).hasSize(number(suite, "skipped"));
            assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-23T12:00:00");
        }
    }

    @Test
    void saysWhatFailedWhyAndWhatToDo() throws Exception {
        var failure = elements(parse(SampleReports.broken(), true), "failure").get(0);
        var testCase = (Element) failure.getParentNode();

        assertThat(testCase.getAttribute("classname")).isEqualTo("doctor.postgres");
        assertThat(testCase.getAttribute("name")).isEqualTo("postgres.tcp");
        assertThat(testCase.getAttribute("time")).isEqualTo("0.003");
        assertThat(failure.getAttribute("type")).isEqualTo("connection_refused");
        assertThat(failure.getAttribute("message")).startsWith("db:5432 refused");
        assertThat(failure.getTextContent()).startsWith("FAIL db:5432").contains("; do: start Postgres");
    }

    @Test
    void aForgivenWarningIsTextOfACaseThatPasses() throws Exception {
        var text = elements(parse(SampleReports.broken(), true), "system-out");

        assertThat(text).hasSize(1);
        assertThat(text.get(0).getTextContent()).startsWith("WARN WEB_OPERATOR_SESSION_SECRET has about 96 bits");
        assertThat(elements(parse(SampleReports.broken(), false), "system-out")).isEmpty();
    }

    @Test
    void staysXmlWhateverTextsHold() throws Exception {
        var failure = elements(parse(SampleReports.hostile(), false), "failure").get(0);

        assertThat(failure.getAttribute("message"))
                .contains("bell ? esc ?[31m", "<b>&amp;'\"]]>", "wide \u8cc7\u6599")
                .doesNotContain("\u0007", "\u202e");
    }

    /** A DOM that accepts nothing but well-formed XML. */
    private static Element parse(Report report, boolean isWarningForgiven) throws Exception {
        var bytes = JunitReport.write(report, isWarningForgiven);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(bytes))
                .getDocumentElement();
    }

    private static List<Element> elements(Element parent, String name) {
        var nodes = parent.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static int sum(List<Element> elements, String attribute) {
        return elements.stream().mapToInt(one -> number(one, attribute)).sum();
    }
}
