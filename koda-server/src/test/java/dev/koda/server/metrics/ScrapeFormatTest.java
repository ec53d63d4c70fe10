package dev.koda.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeFormatTest {
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|TEXT",
                "*/*|TEXT",
                "application/json|TEXT",
                "text/html,application/xhtml+xml,*/*;q=0.8|TEXT",
                "text/plain;version=0.0.4|TEXT",
                "application/openmetrics-text|OPEN_METRICS",
                "application/openmetrics-text; version=1.0.0; charset=utf-8|OPEN_METRICS",
                "application/openmetrics-text;version=2.0.0|TEXT",
                "application/openmetrics-text;q=0.3,text/plain;q=0.4|TEXT",
                "text/plain;q=0.4,application/openmetrics-text;q=0.5|OPEN_METRICS",
                "text/plain,application/openmetrics-text|TEXT",
                "application/openmetrics-text;q=0,text/plain;q=0.1|TEXT",
                "application/openmetrics-text;q=no|TEXT",
                "APPLICATION/OPENMETRICS-TEXT;Version=\"1.0.0\"|OPEN_METRICS"
            })
    void takesWhatIsPreferred(String accept, ScrapeFormat expected) {
        assertThat(ScrapeFormat.of(accept)).isEqualTo(expected);
    }

    @Test
    void takesWhatPrometheusSends() {
        assertThat(ScrapeFormat.of(null)).isEqualTo(ScrapeFormat.TEXT);
        assertThat(ScrapeFormat.of(
                        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
                                + "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
                .isEqualTo(ScrapeFormat.OPEN_METRICS);
        assertThat(ScrapeFormat.of("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;"
                        + "escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
                .isEqualTo(ScrapeFormat.OPEN_METRICS);
        assertThat(ScrapeFormat.of(PROTOBUF + ";q=0.6," + "application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.2"))
                .isEqualTo(ScrapeFormat.PROTOBUF);
        assertThat(ScrapeFormat.of("application/vnd.google.protobuf;proto=other;encoding=delimited"))
                .isEqualTo(ScrapeFormat.TEXT);
    }
}
