package com.example.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a probe answers once the first evaluation has ended. */
record Answer(int status, String body) {
    private static final int TRIES = 10_000;

    static Answer of(int port, String path) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        for (int i = 0; i < TRIES; i++) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (!answer.body().contains("starting")) {
                return new Answer(answer.statusCode(), answer.body());
            }
        }
        throw new IOException("the probe still says starting");
    }

    void print() {
        System.out.println(status + " " + body);
    }
}
