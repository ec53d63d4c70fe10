package dev.koda.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Watches the audit log of servers that share it, as a browser does: one connection after the other, each beginning where
 * the last one ended, with another server whenever one is silent or gone, and now and then for no reason.
 */
final class AuditWatcher implements Runnable {
    private static final int SILENCE_MILLIS = 4_000;
    private static final Pattern SEQ =
            Pattern.compile("\\{\"seq\":(\\d+),.*?\"id\":\"([0-9a-f-]{36})\",\"type\":\"([^\"]+)\".*");

    private final List<Integer> ports;
    private final String token;
    private final int eventsEach;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<String> surprises = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private String lastId = "";
    private volatile boolean isOver;

    /** One event as it came. */
    record Seen(long seq, String id, String type) {}

    /** @param eventsEach after so many of one connection it is left */
    AuditWatcher(List<Integer> ports, String token, int eventsEach) {
        this.ports = ports;
        this.token = token;
        this.eventsEach = eventsEach;
    }

    @Override
    public void run() {
        for (int i = 0; !isOver; i++) {
            watch(ports.get(i % ports.size()));
        }
    }

    private void watch(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SILENCE_MILLIS);
            socket.setSoTimeout(SILENCE_MILLIS);
            var resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /api/operations/audit/stream?tail=1000 HTTP/1.0\r\nAuthorization: Bearer " + token
                                    + "\r\n" + resume + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            read(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        } catch (IOException silentOrGone) {
            // The next one.
        }
    }

    private void read(BufferedReader lines) throws IOException {
        connections.incrementAndGet();
        var id = lastId;
        var event = "";
        int count = 0;
        for (var line = lines.readLine(); line != null && !isOver && count < eventsEach; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.isEmpty()) {
                // As a browser does: an id counts when its message is whole.
                lastId = id;
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ") && event.equals("audit")) {
                note(line.substring(6), id);
                count++;
            } else if (line.startsWith("data: ") && (event.equals("gap") || event.equals("reset"))) {
                surprises.add(line);
            }
        }
    }

    /** What was heard whole is not asked for again, also if the connection breaks behind this line. */
    private void note(String json, String id) {
        lastId = id;
        var words = SEQ.matcher(json);
        if (words.matches()) {
            synchronized (seen) {
                seen.add(new Seen(Long.parseLong(words.group(1)), words.group(2), words.group(3)));
            }
            counts.merge(words.group(3), 1, Integer::sum);
        } else {
            surprises.add(json);
        }
    }

    /** All events, in the order in which they came. */
    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** How many of a type have come. */
    int count(String type) {
        return counts.getOrDefault(type, 0);
    }

    /** What no watcher should be told here: gaps, another log, events that are none. */
    List<String> surprises() {
        return surprises;
    }

    int connections() {
        return connections.get();
    }

    void end() {
        isOver = true;
    }
}
