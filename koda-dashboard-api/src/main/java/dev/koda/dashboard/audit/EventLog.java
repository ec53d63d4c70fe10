package dev.koda.dashboard.audit;

import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line that each event has in the log, under the id that it has in the store. */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.koda.audit");

    private EventLog() {}

    static void write(StampedEvent event) {
        var line = (event.severity() >= AuditEventType.Severity.WARNING.level() ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("event", event.type())
                .addKeyValue("event_id", event.id().toString());
        var body = new JsonObject(event.body());
        for (var key : new String[] {"code", "severity", "outcome", "actor", "source", "target", "reason"}) {
            if (body.containsKey(key)) {
                line = line.addKeyValue(key, body.getString(key));
            }
        }
        var details = body.getJsonObject("details");
        if (details != null) {
            line = line.addKeyValue("details", details.getMap());
        }
        line.log("{}", event.type());
    }
}
