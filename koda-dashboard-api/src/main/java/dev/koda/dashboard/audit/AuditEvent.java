package dev.koda.dashboard.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened, before it has a time, an id and a place in the log. Immutable. Values are free of secrets where that can
 * be known; the trail redacts them all the same.
 *
 * @param type what happened
 * @param actor who did it; null if nobody is known
 * @param source the address of a client, as far as it is vouched for; null if there is none
 * @param target what it was done to; null if nothing in particular
 * @param reason a stable word for why; null where the type says it
 * @param details what else there is to say, in its order: texts, numbers and booleans
 */
public record AuditEvent(
        AuditEventType type,
        @Nullable String actor,
        @Nullable String source,
        @Nullable String target,
        @Nullable String reason,
        Map<String, Object> details) {
    public AuditEvent {
        Objects.requireNonNull(type, "type");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** One of this type, about which nothing else is known. */
    public static AuditEvent of(AuditEventType type) {
        return new AuditEvent(type, null, null, null, null, Map.of());
    }

    /**
     * A login that failed. The name is a target and no actor: nobody has proved to be that.
     *
     * @param address from where it was tried
     * @param name whose account was tried; null if none was named
     * @param reason a stable word for why it failed
     */
    public static AuditEvent failedLogin(String address, @Nullable String name, String reason) {
        return of(AuditEventType.OPERATOR_LOGIN_FAILED).from(address).to(name).because(reason);
    }

    public AuditEvent by(@Nullable String name) {
        return new AuditEvent(type, name, source, target, reason, details);
    }

    public AuditEvent from(@Nullable String address) {
        return new AuditEvent(type, actor, address, target, reason, details);
    }

    public AuditEvent to(@Nullable String thing) {
        return new AuditEvent(type, actor, source, thing, reason, details);
    }

    public AuditEvent because(@Nullable String word) {
        return new AuditEvent(type, actor, source, target, word, details);
    }

    /** With one more detail. */
    public AuditEvent with(String name, Object value) {
        var more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new AuditEvent(type, actor, source, target, reason, more);
    }
}
