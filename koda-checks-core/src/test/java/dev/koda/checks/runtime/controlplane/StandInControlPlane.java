package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Report;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as Koda's control plane does, with what a test says of workers, sidecars and onboarding. */
final class StandInControlPlane implements AutoCloseable {
    static final String ONBOARDING = "/api/control-plane/onboarding/status";

    final Loopback loopback = new Loopback();
    final ControlPlaneOptions options = ControlPlaneOptions.of(loopback.http(this::answer));
    final List<String> requests = new CopyOnWriteArrayList<>();
    int status = 200;
    String workers = "[]";
    String sidecars = "[]";
    String health = "";
    String onboarding = "{}";

    private void answer(HttpServerRequest request) {
        requests.add(request.path());
        reply(request, status, request.path().equals("/health") ? health() : onboarding);
    }

    /** After the whole request has come: who hangs up before loses the answer too. */
    private static void reply(HttpServerRequest request, int code, String body) {
        request.end().onSuccess(end -> request.response().setStatusCode(code).end(body));
    }

    private String health() {
        return health.isEmpty()
                ? "{\"status\":\"healthy\",\"workers\":" + workers + ",\"sidecars\":" + sidecars
                        + ",\"summary\":{\"workers_total\":" + count(workers, "agent_id")
                        + ",\"sidecars_total\":" + count(sidecars, "target") + "}}"
                : health;
    }

    private static int count(String list, String field) {
        return list.split("\"" + field + "\"", -1).length - 1;
    }

    /** A worker that runs, with its {@code /health} at this server. */
    static String running(String agent, URI base) {
        return worker(agent, base + "/health", "true", "null", "{\"ok\":true,\"status_code\":200,\"error\":null}");
    }

    static String unhealthy(String agent, URI base, String error) {
        return worker(agent, base + "/health", "true", "null", "{\"ok\":false,\"error\":\"" + error + "\"}");
    }

    static String ended(String agent, String exit) {
        return worker(agent, "http://127.0.0.1:9/health", "false", exit, "null");
    }

    static String worker(String agent, String url, String alive, String exit, String probe) {
        return "{\"agent_id\":\"" + agent + "\",\"version\":3,\"pid\":41,\"health_url\":\"" + url + "\",\"alive\":"
                + alive + ",\"exit_code\":" + exit + ",\"probe\":" + probe + "}";
    }

    static String sidecar(String name, boolean isOk, int latency, String error) {
        return "{\"name\":\"" + name + "\",\"target\":\"" + name + ":50065\",\"ok\":" + isOk + ",\"latency_ms\":"
                + latency + ",\"error\":" + error + "}";
    }

    HttpFetch http() {
        return loopback.http();
    }

    /** A server that answers {@code /ready} of a worker. */
    URI ready(int code, String body) {
        return loopback.http(request -> reply(request, request.path().equals("/ready") ? code : 404, body));
    }

    /** The report of the check that all of these depend on, and of these. */
    Report report(CheckSpec... specs) {
        var all = new ArrayList<CheckSpec>();
        all.add(NetworkChecks.controlPlane(options, http()));
        all.addAll(List.of(specs));
        return EngineRun.report(all);
    }

    CheckResult result(CheckSpec spec) {
        return EngineRun.named(report(spec), spec.id().name());
    }

    @Override
    public void close() {
        loopback.close();
    }
}
