package dev.koda.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.koda.cli.output.TextStyle;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Each line as a JSON object that says where it comes from: for programs. */
final class EnvelopeFormat implements LineFormat {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<String> sources;
    private final TextStyle style;

    EnvelopeFormat(List<String> sources, TextStyle style) {
        this.sources = sources;
        this.style = style;
    }

    @Override
    public void write(Reading reading, LineOutput output) {
        var line = reading.line();
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            if (line.stamp() != StampReader.NONE) {
                json.writeStringField("time", StampReader.instant(line.stamp()).toString());
            }
            json.writeStringField("source", sources.get(line.source()));
            var level = reading.continues() ? null : reading.level();
            if (level != null) {
                json.writeStringField("level", level.word());
            }
            json.writeStringField("line", LineFormat.limited(reading.plain()));
            flag("continues", reading.continues(), json);
            flag("late", reading.isLate(), json);
            flag("cut", line.isCut(), json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        // JSON escapes controls, but not all that a terminal obeys.
        output.line(style.terminal() ? SafeText.of(text.toString(), style) : text.toString());
    }

    private static void flag(String name, boolean isSet, JsonGenerator json) throws IOException {
        if (isSet) {
            json.writeBooleanField(name, true);
        }
    }
}
