package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads a stream as a browser does, on a thread of its own. */
final class StreamReader implements AutoCloseable {
    private final Socket socket;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile boolean isEnded;
    private volatile String status = "";

    record Message(String id, String event, String data) {}

    private StreamReader(Socket socket) {
        this.socket = socket;
    }

    static StreamReader open(int port, String query, String lastEventId) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var reader = new StreamReader(socket);
        var resume = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
        socket.getOutputStream()
                .write(("GET /audit/stream" + query + " HTTP/1.0\r\n" + resume + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var thread = new Thread(reader::read, "stream-reader");
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            status = lines.readLine();
            var id = "";
            var event = "message";
            var data = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        messages.add(new Message(id, event, String.join("\n", data)));
                    }
                    event = "message";
                    data.clear();
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.add(line.substring(6));
                }
            }
        } catch (IOException closed) {
            // The test has ended it.
        } finally {
            isEnded = true;
        }
    }

    List<Message> messages() {
        return messages;
    }

    List<Message> audit() {
        return messages.stream()
                .filter(message -> message.event().equals("audit"))
                .toList();
    }

    List<Long> numbers() {
        return audit().stream()
                .map(message ->
                        Long.parseLong(message.id().substring(0, message.id().indexOf('-'))))
                .toList();
    }

    String lastId() {
        return messages.isEmpty() ? "" : messages.get(messages.size() - 1).id();
    }

    String status() {
        Eventually.holds(Duration.ofSeconds(10), () -> !status.isEmpty());
        return status;
    }

    boolean hasEvent(String name) {
        return messages.stream().anyMatch(message -> message.event().equals(name));
    }

    void awaitEvents(int count) {
        Eventually.holds(Duration.ofSeconds(20), () -> audit().size() >= count);
    }

    void awaitEvent(String name) {
        Eventually.holds(Duration.ofSeconds(20), () -> hasEvent(name));
    }

    void awaitEnd() {
        Eventually.holds(Duration.ofSeconds(20), () -> isEnded);
    }

    /** Closes the connection, and waits until nothing comes any more. */
    void hangUp() throws IOException {
        socket.close();
        awaitEnd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
