package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What the doctors of the servers found: a list of their checks, or the history of one. */
final class DoctorHistoryRoute implements Handler<RoutingContext> {
    private static final String[] OF_ALL = {"node", "status", "kind", "q", "limit", "cursor"};
    private static final String[] OF_ONE = {"node", "check", "range", "from", "to", "buckets"};

    private final Listing listing;
    private final HistoryAnswer history;
    private final DoctorHistory own;
    private final TimeSource time;
    private final String node;

    /** @param node the name of this server, which is meant if none is named */
    DoctorHistoryRoute(Listing listing, HistoryAnswer history, DoctorHistory own, TimeSource time, String node) {
        this.listing = listing;
        this.history = history;
        this.own = own;
        this.time = time;
        this.node = node;
    }

    @Override
    public void handle(RoutingContext context) {
        var check = context.queryParams().get("check");
        var asked = Asked.of(context, check == null ? OF_ALL : OF_ONE);
        Answers.with(context, 200, check == null ? all(asked) : one(asked, check));
    }

    private Future<JsonObject> all(Asked asked) {
        return listing.page(asked, asked.text("node"))
                .map(page -> page.put("node", node).put("dropped", own.dropped()));
    }

    private Future<JsonObject> one(Asked asked, String check) {
        var name = asked.text("node");
        if (asked.id("check") == null) {
            throw Refusal.of(400, "check is the id of a check, such as disk.space[STATE_ROOT_DIR]");
        }
        var now = time.now();
        return history.of(
                Subject.doctorId(name == null ? node : name, check),
                Subject.Type.DOCTOR,
                asked.kept(now),
                asked.number("buckets", 90, HistoryAnswer.MOST_BUCKETS),
                now);
    }
}
