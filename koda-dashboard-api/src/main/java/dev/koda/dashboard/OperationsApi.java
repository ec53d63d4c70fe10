package dev.koda.dashboard;

import dev.koda.checks.engine.CheckEngine;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Objects;

/**
 * The routes of the operations API. Every one asks for a bearer token first; every error is a {@link Problem}.
 *
 * <p>{@code GET /doctor} runs the doctor: checks that are running are joined and results younger than their ttl reused.
 * It answers 200 whenever there is a report, whatever the report says.
 */
public final class OperationsApi {
    /** Where a server mounts {@link #router}. */
    public static final String PATH = "/api/operations/*";

    private final CheckEngine engine;
    private final OperationsOptions options;

    private OperationsApi(CheckEngine engine, OperationsOptions options) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.options = Objects.requireNonNull(options, "options");
    }

    /** The API over this engine, which stays the caller's to close. */
    public static OperationsApi of(CheckEngine engine, OperationsOptions options) {
        return new OperationsApi(engine, options);
    }

    /** A router for {@link #PATH}, to be used by one event loop. */
    public Router router(Vertx vertx) {
        return OperationRoutes.of(operations(), new TokenGate(options)).router(vertx);
    }

    private List<Operation> operations() {
        return List.of(Operation.read("runDoctor", "/doctor", new DoctorRoute(engine, options)));
    }
}
