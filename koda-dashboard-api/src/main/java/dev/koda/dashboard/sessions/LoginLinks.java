package dev.koda.dashboard.sessions;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Codes with which a browser logs in once, within a minute: whoever may make one need not type a token there. */
final class LoginLinks {
    static final Duration LENGTH = Duration.ofSeconds(60);

    private static final String PURPOSE = "login-link";

    private final Seal seal;
    private final Spent spent;
    private final AuditTrail trail;
    private final TimeSource time;

    LoginLinks(Seal seal, Spent spent, AuditTrail trail, TimeSource time) {
        this.seal = seal;
        this.spent = spent;
        this.trail = trail;
        this.time = time;
    }

    /**
     * A code.
     *
     * @param id by which its use is recognised in the audit log
     */
    record Link(UUID id, String code, Instant end) {}

    /** One for this person; what is not recorded is not made. */
    Future<Link> make(Identity identity, String by, String address) {
        var id = UUID.randomUUID();
        var end = time.now().plus(LENGTH);
        return trail.record(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_LINK_CREATED)
                        .by(by)
                        .from(address)
                        .to(identity.name())
                        .with("link", id.toString()))
                .map(recorded -> new Link(
                        id,
                        seal.close(
                                PURPOSE,
                                new JsonObject()
                                        .put("id", id.toString())
                                        .put("identity", identity.json())
                                        .put("end", end.toEpochMilli())),
                        end));
    }

    /** Who logs in with it; fails with a {@link Refusal} 401 if it is none, too old, or used, which is not told apart. */
    Future<Identity> use(String code) {
        var opened = seal.open(PURPOSE, code);
        if (opened.isEmpty()
                || !time.now().isBefore(Instant.ofEpochMilli(opened.get().getLong("end")))) {
            return Future.failedFuture(refusal());
        }
        var link = opened.get();
        return spent.spend(UUID.fromString(link.getString("id")))
                .compose(isFirst -> isFirst
                        ? Future.succeededFuture(Identity.of(link.getJsonObject("identity")))
                        : Future.failedFuture(refusal()));
    }

    static Refusal refusal() {
        return Refusal.of(401, "wrong_credentials", "this login link is none, or was used, or is older than a minute");
    }
}
