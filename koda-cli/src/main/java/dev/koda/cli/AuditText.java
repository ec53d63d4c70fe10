package dev.koda.cli;

import dev.koda.cli.output.Lines;
import dev.koda.cli.output.TextStyle;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** An event for people: one line, and nothing in it that steers a terminal. */
final class AuditText {
    private static final int SEVERITY = 9;

    private AuditText() {}

    /** The line of an event; of what is none, the text itself. */
    static String of(String json, TextStyle style) {
        try {
            return Lines.safe(line(new JsonObject(json)), style);
        } catch (DecodeException | ClassCastException notOurs) {
            return Lines.safe(json, style);
        }
    }

    private static String line(JsonObject event) {
        var words = new ArrayList<String>();
        words.add(event.getString("time", ""));
        words.add(Lines.padded(event.getString("severity", ""), SEVERITY));
        words.add(event.getString("type", ""));
        for (var name : List.of("actor", "source", "target", "reason")) {
            if (event.getString(name) != null) {
                words.add(name + "=" + event.getString(name));
            }
        }
        var details = event.getJsonObject("details", new JsonObject());
        details.forEach(entry -> words.add(entry.getKey() + "=" + entry.getValue()));
        return String.join(" ", words);
    }
}
