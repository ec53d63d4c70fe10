package dev.koda.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Report;
import dev.koda.cli.Golden;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>");
    private static final Set<String> WITHOUT_END = Set.of("meta", "html");

    @Test
    void showsWhatIsBrokenAndWhatToDo() throws IOException {
        Golden.assertMatches("broken.html", html(SampleReports.broken()));
        Golden.assertMatches("healthy.html", html(SampleReports.healthy()));
    }

    @Test
    void everyElementThatBeginsEnds() {
        for (var report : SampleReports.all()) {
            var open = new ArrayDeque<String>();
            var tags = TAG.matcher(html(report).replaceFirst("<!DOCTYPE html>", ""));
            while (tags.find()) {
                if (WITHOUT_END.contains(tags.group(2))) {
                    continue;
                }
                if (tags.group(1).isEmpty()) {
                    open.push(tags.group(2));
                } else {
                    assertThat(open.pop()).isEqualTo(tags.group(2));
                }
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void noTextBecomesMarkup() {
        assertThat(html(SampleReports.hostile()))
                .contains("&lt;b&gt;&amp;amp;&#39;&quot;]]&gt;", "<code>custom.hostile[~target]</code>")
                .doesNotContain("<b>&", "\u0007", "\u202e", "\u001b");
    }

    @Test
    void needsNothingButItself() {
        for (var report : SampleReports.all()) {
            assertThat(html(report))
                    .contains("default-src 'none'")
                    .doesNotContain("<script", " src=", "<link", "@import", "url(", "http://");
        }
    }

    @Test
    void linksOnlyWhatIsOnTheWeb() {
        assertThat(html(SampleReports.measured()))
                .contains("<a rel=\"noreferrer\" href=\"https://docs.example/disk?a=1&amp;b=2\">");
        assertThat(html(SampleReports.broken()))
                .contains("docs/checks.md#postgres-tcp")
                .doesNotContain("href");
    }

    private static String html(Report report) {
        return new String(HtmlReport.write(report), UTF_8);
    }
}
