package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String REQUEST = "GET /health HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String BODY = "{\"status\":\"pass\"}";

    private final VirtualTime time = new VirtualTime();
    private final List<Socket> sockets = new ArrayList<>();
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        server = ServerUnderTest.with(UnaryOperator.identity(), time, (engine, inProcess) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port());
        sockets.add(socket);
        socket.setSoTimeout((int) ServerUnderTest.LIMIT.toMillis());
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void ask(Socket socket) throws IOException {
        write(socket, REQUEST);
        var answer = new StringBuilder();
        while (answer.indexOf(BODY) < 0) {
            int read = socket.getInputStream().read();
            assertThat(read).as("the connection ended after: " + answer).isNotNegative();
            answer.append((char) read);
        }
    }

    private static void assertEnds(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aRequestThatComesByteByByteIsNotWaitedFor() throws Exception {
        var slow = connect();
        var kept = connect();
        write(slow, "GET /hea");
        ask(kept);
        time.advance(Duration.ofSeconds(6));
        write(slow, "l");
        ask(kept);
        time.advance(Duration.ofSeconds(5));

        assertEnds(slow);
        ask(kept);
    }

    @Test
    void aConnectionThatIsKeptEndsAfterTheLongestScrapeIntervalWhateverItDribbles() throws Exception {
        var kept = connect();
        ask(kept);
        time.advance(Connections.NEXT_REQUEST.minusSeconds(1));
        ask(kept);
        write(kept, "GET /hea");
        time.advance(Connections.NEXT_REQUEST.plusSeconds(1));

        assertEnds(kept);
    }

    @Test
    void aProbeGetsThePlaceOfWhoWaitedLongest() throws Exception {
        for (int i = 0; i < Connections.MOST; i++) {
            connect();
        }

        var probe = connect();
        ask(probe);

        assertEnds(sockets.get(0));
        ask(sockets.get(1));
        ask(probe);
    }
}
