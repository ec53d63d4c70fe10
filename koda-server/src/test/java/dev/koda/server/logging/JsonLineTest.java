package dev.koda.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class JsonLineTest {
    private static final String SECRET = "hunter2-hunter2-hunter2";

    private final JsonLine line =
            new JsonLine(Redactor.of(() -> Set.of(SECRET)), new Service("koda", "1.2.3", "production"), "host-1");
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.koda.Some");

    private LoggingEvent event(String message, Object... arguments) {
        return new LoggingEvent("caller", logger, Level.WARN, message, null, arguments);
    }

    private String write(LoggingEvent event) {
        return new String(line.write(event), StandardCharsets.UTF_8);
    }

    @Test
    void isOneObjectOnOneLine() {
        var text = write(event("listening on {}:{}", "127.0.0.1", 8090));

        assertThat(text).endsWith("}\n");
        assertThat(text.lines()).hasSize(1);
        var json = new JsonObject(text);
        assertThat(json.getInstant("time")).isNotNull();
        assertThat(json.getString("level")).isEqualTo("warn");
        assertThat(json.getString("service")).isEqualTo("koda");
        assertThat(json.getString("version")).isEqualTo("1.2.3");
        assertThat(json.getString("node")).isEqualTo("host-1");
        assertThat(json.getString("logger")).isEqualTo("dev.koda.Some");
        assertThat(json.getString("message")).isEqualTo("listening on 127.0.0.1:8090");
    }

    @Test
    void noCharacterOfAnEventEndsTheLineOrReachesTheTerminal() {
        var text = write(event("one\ntwo\r\u001b[31mred\u0007\u009b31m\u2028\u0085 end {}", "three\nfour"));

        assertThat(text.chars().filter(c -> c < 0x20 || c > 0x7e)).containsExactly((int) '\n');
        assertThat(new JsonObject(text).getString("message"))
                .contains("one\ntwo")
                .contains("three\nfour");
    }

    @Test
    void takesSecretsOutOfMessageArgumentsContextAndThrowables() {
        var cause = new IllegalStateException("cause " + SECRET);
        cause.addSuppressed(new RuntimeException("suppressed " + SECRET));
        var event = event(
                "password is {} and {}",
                SECRET,
                Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
        event.setThrowableProxy(new ThrowableProxy(new RuntimeException("outer " + SECRET, cause)));
        event.setMDCPropertyMap(Map.of("request", "token " + SECRET));
        event.addKeyValuePair(new KeyValuePair("data", Map.of("list", List.of("a " + SECRET, Map.of("deep", SECRET)))));
        event.addKeyValuePair(new KeyValuePair("array", new Object[] {SECRET, 1}));

        var text = write(event);

        assertThat(text).doesNotContain("hunter2").contains(Redactor.MASK).contains("IllegalStateException");
        assertThat(new JsonObject(text)
                        .getJsonObject("data")
                        .getJsonObject("data")
                        .getJsonArray("list"))
                .hasSize(2);
    }

    @Test
    void hidesTheValueOfAKeyThatNamesASecretWhateverItIs() {
        var event = event("signed in");
        event.addKeyValuePair(new KeyValuePair("sessionToken", "not known as a secret"));
        event.addKeyValuePair(new KeyValuePair("settings", Map.of("S3_SECRET_ACCESS_KEY", "neither known")));

        assertThat(write(event)).doesNotContain("not known").doesNotContain("neither known");
    }

    @Test
    void keepsNumbersAndFlagsAsSuch() {
        var event = event("counted");
        event.addKeyValuePair(new KeyValuePair("port", 8090));
        event.addKeyValuePair(new KeyValuePair("ratio", 0.5));
        event.addKeyValuePair(new KeyValuePair("ok", true));
        event.addKeyValuePair(new KeyValuePair("none", null));

        assertThat(write(event)).contains("\"port\":8090", "\"ratio\":0.5", "\"ok\":true", "\"none\":null");
    }

    /** {@code error(e.getMessage(), e)} of an exception without one; java.util.logging passes on the same. */
    @Test
    void anEventWithoutAMessageIsWrittenWithAnEmptyOne() {
        var event = new LoggingEvent("caller", logger, Level.ERROR, null, new IllegalStateException(), null);
        event.addKeyValuePair(new KeyValuePair(null, "value"));

        var json = new JsonObject(write(event));

        assertThat(json.getString("message")).isEmpty();
        assertThat(json.getJsonObject("error").getString("type")).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void survivesValuesThatThrowAndCauseCircles() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);
        var event = event("odd");
        event.setThrowableProxy(new ThrowableProxy(first));
        event.addKeyValuePair(new KeyValuePair("value", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        }));

        assertThat(new JsonObject(write(event)).getString("message")).isEqualTo("odd");
    }

    @Test
    void cutsWhatIsTooLongAfterTheRedaction() {
        var text = new char[16_380];
        Arrays.fill(text, 'x');

        var written = write(event(new String(text) + SECRET + SECRET));

        assertThat(written).doesNotContain("hunter").hasSizeLessThan(17_000);
    }

    @Test
    void theNameOfAnEventAndItsTraceStandBesideTheMessage() {
        var event = event("something happened");
        event.addKeyValuePair(new KeyValuePair("event", "some.thing"));
        event.addKeyValuePair(new KeyValuePair("count", 3));
        event.setMDCPropertyMap(Map.of("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"));

        var json = new JsonObject(write(event));

        assertThat(json.getString("event")).isEqualTo("some.thing");
        assertThat(json.getString("trace_id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(json.getJsonObject("data").getMap()).containsExactly(Map.entry("count", 3));
        assertThat(json.containsKey("context")).isFalse();
    }

    @Test
    void anEventWithoutATraceNamesNone() {
        var event = event("no trace");
        event.addKeyValuePair(new KeyValuePair("trace_id", null));

        assertThat(write(event)).doesNotContain("trace_id", "\"data\"");
    }

    /** Whatever stands in message, argument, key, value, event, context, logger and exception. */
    @Test
    void tenThousandHostileTextsAreALineEach() {
        var random = new Random(4711);
        for (int i = 0; i < 10_000; i++) {
            var text = hostile(random);
            var event = event(text + " {}", hostile(random));
            event.addKeyValuePair(new KeyValuePair(hostile(random), hostile(random)));
            event.addKeyValuePair(new KeyValuePair("event", hostile(random)));
            event.addKeyValuePair(new KeyValuePair("tree", Map.of(hostile(random), List.of(hostile(random)))));
            event.setMDCPropertyMap(Map.of(hostile(random), hostile(random)));
            event.setThrowableProxy(new ThrowableProxy(new IllegalStateException(hostile(random))));

            var written = write(event);

            assertThat(written.chars().filter(c -> c < 0x20 || c > 0x7e)).containsExactly((int) '\n');
            assertThat(written).endsWith("}\n");
            assertThat(new JsonObject(written).getString("node")).isEqualTo("host-1");
        }
    }

    private static String hostile(Random random) {
        var pieces = List.of(
                "\n",
                "\r\n",
                "\u2028",
                "\u0085",
                "\"",
                "\\",
                "\",\"level\":\"info",
                "}\n{",
                "\u001b[2J",
                "\u0000",
                "\u009b31m",
                "{}",
                "%s",
                "${jndi:ldap://x}",
                "\ud800",
                "\udc00",
                "\u202e",
                "\ufeff",
                "'",
                "<script>",
                "a",
                "\t",
                "\u007f");
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(
                    random.nextInt(4) == 0
                            ? String.valueOf((char) random.nextInt(0x10000))
                            : pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
