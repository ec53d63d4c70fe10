package dev.koda.server;

import dev.koda.checks.TimeSource;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says in every answer what time it is here, as RFC 9110 wants it. Its text is made once a second. For one event loop. */
final class DateHeader {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final TimeSource time;
    private long second = Long.MIN_VALUE;
    private CharSequence text = "";

    DateHeader(TimeSource time) {
        this.time = time;
    }

    void putOn(HttpServerResponse response) {
        long now = time.now().getEpochSecond();
        if (now != second) {
            second = now;
            text = HttpHeaders.createOptimized(FORM.format(Instant.ofEpochSecond(now)));
        }
        response.putHeader(HttpHeaders.DATE, text);
    }
}
