package com.example.orders;

import static dev.koda.checks.Suite.READINESS;

import dev.koda.checks.report.ReportJson;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;

/** Deploys the verticle of the README on a free port, prints its probe and its report, and ends. */
final class Ask {
    private Ask() {}

    /** Also keeps the server that the verticle of the README starts. */
    private static final class Deployed extends OrdersVerticle {
        private volatile HttpServer server;

        @Override
        public Future<?> start() {
            return super.start().onSuccess(started -> server = (HttpServer) started);
        }
    }

    public static void main(String[] args) throws Exception {
        var vertx = Vertx.vertx();
        try {
            var orders = new Deployed();
            var config = new JsonObject().put("broker", Integer.parseInt(args[0])).put("port", 0);
            await(vertx.deployVerticle(orders, new DeploymentOptions().setConfig(config)));
            Answer.of(orders.server.actualPort(), "/").print();
            System.out.writeBytes(ReportJson.write(orders.engine.snapshot(READINESS)));
        } finally {
            await(vertx.close());
        }
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get();
    }
}
