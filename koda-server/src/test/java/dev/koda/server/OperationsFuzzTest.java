package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations API of a whole server on a real store: whatever is wrong is refused, and nothing breaks. */
class OperationsFuzzTest {
    private static final long SEED = 20_261_128;
    private static final int INPUTS = Boolean.getBoolean("koda.long") ? 10_000 : 2_000;
    private static final int SHOWN = 300;

    @TempDir
    Path directory;

    private ServerOnStore whole;
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        whole = ServerOnStore.in(
                directory,
                (engine, inProcess) -> engine.check(CheckSpec.of("disk.space")
                        .in(Suite.DOCTOR)
                        .run(context -> CompletableFuture.completedFuture(Outcome.pass("80 percent free")))));
        server = whole.server();
    }

    @AfterEach
    void stop() throws IOException {
        whole.close();
    }

    private int status(String path) throws IOException, InterruptedException {
        return server.get(path, "Authorization", "Bearer " + ServerUnderTest.TOKEN)
                .statusCode();
    }

    @Test
    void whateverIsWrongIsRefusedAndTheServerGoesOn() throws Exception {
        var statuses = new TreeMap<Integer, Integer>();
        var wrong = new ArrayList<String>();
        for (int i = 0; i < INPUTS; i++) {
            var bad = new BadInput(SEED + i, ServerUnderTest.TOKEN);
            var input = bad.next();
            var answer = RawAnswer.to(server.server.port(), input);
            statuses.merge(answer.status(), 1, Integer::sum);
            if (!answer.isRefusal() && !(bad.isBroken() && answer.status() == 0)) {
                wrong.add("seed " + (SEED + i) + ": " + shown(input) + " -> " + answer.status() + " " + answer.body());
            }
            if (i % 100 == 0) {
                assertServing();
            }
        }
        System.out.println("seeds from " + SEED + ", " + INPUTS + " inputs, answers by status: " + statuses);

        assertThat(wrong).isEmpty();
        assertServing();
    }

    private void assertServing() throws Exception {
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(status("/api/operations/operators")).isEqualTo(200);
        assertThat(status("/api/operations/audit/events")).isEqualTo(200);
        var login = HttpRequest.newBuilder(server.uri("/api/operations/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"break-glass\",\"token\":\"" + ServerUnderTest.TOKEN + "\"}"))
                .build();
        assertThat(server.client()
                        .send(login, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    private static String shown(byte[] input) {
        var text = new String(input, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", ".");
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
