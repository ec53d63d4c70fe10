package dev.koda.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Says why the address could not be bound, and by what the port is taken. */
final class BindFailure {
    private BindFailure() {}

    /** A failed future with one sentence; looking for the owner of the port blocks, so it is done on a worker. */
    static <T> Future<T> explain(Vertx vertx, ServerOptions options, Throwable failure) {
        return vertx.executeBlocking(() -> PortOwner.of(options.port()))
                .otherwise(Optional.empty())
                .compose(owner -> Future.failedFuture(new BootException(message(options, owner, failure))));
    }

    static String message(ServerOptions options, Optional<String> owner, Throwable failure) {
        var address = options.host() + ":" + options.port();
        if (owner.isPresent()) {
            return "cannot listen on " + address + ": the port is taken by " + owner.get()
                    + "; stop it or choose another port (--port or KODA_OPERATIONS_PORT)";
        }
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return "cannot listen on " + address + ": the name does not resolve; KODA_OPERATIONS_BIND is an address of"
                    + " this machine, such as 127.0.0.1 or 0.0.0.0";
        }
        return "cannot listen on " + address + ": " + reason(failure);
    }

    /** Java has one exception for all of them; the text of the system tells them apart. */
    private static String reason(Throwable failure) {
        var text = failure instanceof SocketException ? String.valueOf(failure.getMessage()) : "";
        if (text.contains("in use")) {
            return "the port is taken; stop its owner or choose another port (--port or KODA_OPERATIONS_PORT)";
        }
        if (text.contains("assign requested")) {
            return "this machine has no such address; KODA_OPERATIONS_BIND is one of its own, or 0.0.0.0 for all";
        }
        if (text.contains("denied") || text.contains("not permitted")) {
            return "this user may not use that port; ports from 1024 need no privilege";
        }
        return "the system refused (" + (text.isEmpty() ? failure.getClass().getSimpleName() : text) + ")";
    }
}
