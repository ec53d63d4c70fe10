package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.koda.dashboard.http.RefusalLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What is refused before any route has a line too. */
class RefusalLinesTest {
    private static final String SECRET = "hunter2hunter2";

    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
    private final Heard heard = new Heard();
    private ServerUnderTest server;

    /** Lines come from an event loop. */
    private static final class Heard extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            lines.add(line.getKeyValuePairs().toString());
        }
    }

    @BeforeEach
    void serve() throws Exception {
        heard.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(heard);
        server = ServerUnderTest.with((engine, inProcess) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        logger.detachAppender(heard);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /health?t=%s HTTP/1.1, 405, method_not_allowed",
        "POST /metrics?t=%s HTTP/1.1, 405, method_not_allowed",
        "PUT /docs/checks/disk.space?t=%s HTTP/1.1, 405, method_not_allowed",
        "GET /nowhere?t=%s HTTP/1.1, 404, not_found",
        "GET /a%%zz?t=%s HTTP/1.1, 400, malformed_path",
        "GET /he\u0001alth?t=%s, 400, bad_request",
    })
    void eachHasALineWithoutItsQuery(String request, int status, String reason) throws Exception {
        server.raw(request.formatted(SECRET) + "\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer " + SECRET
                + "\r\n\r\n");

        assertOneLine(status, reason);
    }

    @Test
    void soHasWhatIsTooLong() throws Exception {
        server.raw("GET /" + SECRET + "x".repeat(5_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        assertOneLine(414, "request_uri_too_long");

        heard.lines.clear();
        server.raw("GET /health HTTP/1.1\r\nHost: h\r\nX-Large: " + SECRET.repeat(2_000) + "\r\n\r\n");
        assertOneLine(431, "request_header_fields_too_large");

        heard.lines.clear();
        server.raw("POST /health HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n");
        assertOneLine(413, "request_entity_too_large");
    }

    private void assertOneLine(int status, String reason) {
        assertThat(heard.lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("status=\"" + status + "\"", "reason=\"" + reason + "\"")
                        .doesNotContain(SECRET));
    }
}
