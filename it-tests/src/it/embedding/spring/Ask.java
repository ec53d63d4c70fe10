package com.example.orders;

import static dev.koda.checks.Suite.READINESS;

import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.report.ReportJson;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Starts the application of the README on a free port, prints its probe and its report, and ends. */
final class Ask {
    private Ask() {}

    public static void main(String[] args) throws Exception {
        var settings = new String[] {
            "--orders.spool=" + args[0], "--server.address=127.0.0.1", "--server.port=0", "--spring.main.banner-mode=off"
        };
        try (var context = SpringApplication.run(OrdersApplication.class, settings)) {
            var server = ((ServletWebServerApplicationContext) context).getWebServer();
            Answer.of(server.getPort(), "/ready").print();
            System.out.writeBytes(ReportJson.write(context.getBean(CheckEngine.class).snapshot(READINESS)));
        }
    }
}
