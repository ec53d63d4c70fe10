package dev.koda.dashboard.http;

import java.net.http.HttpClient;

/** HTTP/1.1, as our server speaks it without TLS: an upgrade to HTTP/2 on the way may end in a protocol error. */
public final class PlainHttp {
    private PlainHttp() {}

    /** A new client. */
    public static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
