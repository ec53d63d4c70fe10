package dev.koda.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What the demo asks of the server of {@code koda up}. Blocks. */
final class DemoServer {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Not known yet, or verified just now. */
    private static final Set<Integer> NOT_NOW = Set.of(404, 429);

    private final URI url;
    private final OperationsClient operations;
    private final HttpClient client = HttpClient.newHttpClient();

    DemoServer(URI url, String token) {
        this.url = url;
        operations = new OperationsClient(url, token);
    }

    /** Where a view of the page is. */
    String page(String view) {
        return ServerAccess.base(url) + "/operations?view=" + view;
    }

    /** Has a provider verified, if that can be now; whether it has this status then. */
    boolean isNow(String status, String provider) {
        // Looked for first: each request to verify is an event of the audit log.
        if (isListed(provider, "")) {
            operations.jsonUnless(NOT_NOW, "POST", "/integrations/provider.key%5B" + provider + "%5D/verify");
        }
        return isListed(provider, status);
    }

    private boolean isListed(String provider, String status) {
        return operations.json("GET", "/integrations?limit=500").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("id", "").equals(id(provider)))
                .anyMatch(one -> status.isEmpty() || one.getString("status", "").equals(status));
    }

    private static String id(String provider) {
        return "provider.key[" + provider + "]";
    }

    /** Marks on the page that the key of a provider was rotated at this moment; true. */
    boolean rotated(String provider, Instant at) {
        operations.json(
                "POST",
                "/annotations",
                new JsonObject()
                        .put("kind", "rotation")
                        .put("text", "the key was rotated at the provider (koda demo)")
                        .put("integration", id(provider))
                        .put("at", at.toString()));
        return true;
    }

    /** Whether the messages that this agent rejects are a storm now. */
    boolean isStorm(String agent) {
        return operations.json("GET", "/audit/storms?open=true&limit=500").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .anyMatch(storm -> storm.getString("kind", "").equals("rejected_messages")
                        && storm.getString("key", "").equals(agent));
    }

    /** What the readiness probe answers: 200 or 503; 0 if it does not. */
    int readiness() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(ServerAccess.base(url) + "/api/runtime/readiness"))
                .timeout(LIMIT)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException failure) {
            return 0;
        }
    }
}
