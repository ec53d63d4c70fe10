package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads what stands on standard output as its readers do: all of it, and nothing else may be there. */
final class Documents {
    private static final Path SCHEMA = Path.of("../docs/schema/report-v1.json");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern LINE_OF_TEXT =
            Pattern.compile("(PASS|WARN|FAIL|NOTRUN|SKIP|HINT|TRY|DOCS) +[a-z][a-z0-9.-]+(\\[[^\\]]+])? +\\S.*");
    private static final Pattern SUMMARY = Pattern.compile("SUMMARY (pass|warn|fail) checks=\\d+ pass=\\d+ warn=\\d+"
            + " fail=\\d+ not_run=\\d+ skipped=\\d+ took_ms=\\d+ at=[-0-9]{10}T[:0-9]{8}Z");
    /** The plugin guidelines: text, then values as 'label'=value[UOM];[warn];[crit];[min];[max]. */
    private static final Pattern FIRST_OF_PLUGIN = Pattern.compile("KODA (OK|WARNING|CRITICAL|UNKNOWN) - [^|]+"
            + "( \\|( '([^'=]|'')+'=-?[0-9.]+(s|ms|us|%|B|c)?(;[0-9.:~@-]*){0,4})+)?");

    private static final Pattern MORE_OF_PLUGIN = Pattern.compile("\\[(WARNING|CRITICAL|UNKNOWN)] [^|]+");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_:][a-z0-9_:]*)(\\{[a-z_]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\"(,[a-z_]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\")*})?"
                    + " -?[0-9.]+(E-?[0-9]+)?");

    private Documents() {}

    /** Fails unless the output is exactly one document of the format, fit for a pipe. */
    static void assertOne(OutputFormat format, String output) {
        assertThat(output)
                .doesNotContain("\u001b", "\r", "\u0000")
                .endsWith("\n")
                .doesNotEndWith("\n\n");
        try {
            switch (format) {
                case TEXT -> text(output);
                case JSON -> report(output);
                case JUNIT -> junit(output);
                case NAGIOS -> plugin(output);
                case OPENMETRICS -> openMetrics(output);
                case HEALTH_JSON -> health(output);
                case HTML -> html(output);
            }
        } catch (IOException | ParserConfigurationException | SAXException broken) {
            throw new AssertionError(format + " does not parse: " + output, broken);
        }
    }

    private static void text(String output) {
        var lines = output.lines().toList();
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(line -> LINE_OF_TEXT.matcher(line).matches());
        assertThat(lines.get(lines.size() - 1)).matches(SUMMARY);
    }

    private static void report(String output) throws IOException {
        assertThat(output.lines()).hasSize(1);
        assertThat(JSON.readTree(output).path("schema").asText()).isEqualTo("koda.report/v1");
        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        assertThat(schema.validate(output, InputFormat.JSON)).isEmpty();
    }

    private static void health(String output) throws IOException {
        assertThat(output.lines()).hasSize(1);
        assertThat(JSON.readTree(output).path("status").asText()).isIn("pass", "warn", "fail");
        assertThat(JSON.readTree(output).path("checks").isObject()).isTrue();
    }

    private static void junit(String output) throws IOException, ParserConfigurationException, SAXException {
        var root = xml(output);
        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(root.getAttribute("failures")));
        assertThat(root.getElementsByTagName("testcase").getLength())
                .isEqualTo(Integer.parseInt(root.getAttribute("tests")));
    }

    private static void html(String output) throws IOException, ParserConfigurationException, SAXException {
        assertThat(output).startsWith("<!DOCTYPE html>\n");
        // The one element that has no end in HTML.
        var root = xml(output.replaceAll("<meta ([^>]*)>", "<meta $1/>"));
        assertThat(root.getTagName()).isEqualTo("html");
        assertThat(root.getElementsByTagName("main").getLength()).isEqualTo(1);
    }

    private static Element xml(String output) throws IOException, ParserConfigurationException, SAXException {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new ByteArrayInputStream(output.getBytes(UTF_8))).getDocumentElement();
    }

    private static void plugin(String output) {
        var lines = output.lines().toList();
        assertThat(lines.get(0)).matches(FIRST_OF_PLUGIN);
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> MORE_OF_PLUGIN.matcher(line).matches());
    }

    /** By OpenMetrics: TYPE before the samples of its family, which stand together; no sample twice; the end last. */
    private static void openMetrics(String output) {
        var lines = output.lines().toList();
        assertThat(lines.get(lines.size() - 1)).isEqualTo("# EOF");
        var families = new HashSet<String>();
        var samples = new HashSet<String>();
        var family = "";
        for (var line : lines.subList(0, lines.size() - 1)) {
            var words = line.split(" ", 4);
            if (line.startsWith("# TYPE ")) {
                family = words[2];
                assertThat(families.add(family)).as(line).isTrue();
                assertThat(words[3]).isEqualTo("gauge");
            } else if (line.startsWith("# HELP ")) {
                assertThat(words[2]).isEqualTo(family);
            } else {
                var sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(1)).isEqualTo(family);
                assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(samples).isNotEmpty();
    }
}
