package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Shows one event of the log, by its id or its number. */
final class EventRoute implements Handler<RoutingContext> {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final LogReader reader;

    EventRoute(LogReader reader) {
        this.reader = reader;
    }

    @Override
    public void handle(RoutingContext context) {
        found(context.pathParam("id"))
                .map(event -> event.orElseThrow(() -> Refusal.of(
                        404,
                        "the log has no event of this id or number: retention may have taken it, or it is"
                                + " still to be sealed")))
                .onSuccess(event -> EventsRoute.answer(context, event.json()))
                .onFailure(context::fail);
    }

    private Future<Optional<LogEvent>> found(String id) {
        if (NUMBER.matcher(id).matches()) {
            return reader.at(Long.parseLong(id));
        }
        return ID.matcher(id).matches() ? reader.of(UUID.fromString(id)) : Future.succeededFuture(Optional.empty());
    }
}
