package dev.koda.server;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a server answers to bytes that need not be HTTP: read as far as the answer says it goes, not to the end. */
record RawAnswer(int status, String head, String body) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)$");
    private static final int LIMIT_MILLIS = 20_000;

    /** Sends on when the server stops to read, as a client does that writes and reads on two threads. */
    static RawAnswer to(int port, byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            var writer = new Thread(() -> write(socket, request), "raw-writer");
            writer.setDaemon(true);
            writer.start();
            return read(socket.getInputStream());
        }
    }

    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException cut) {
            // The answer says why.
        }
    }

    private static RawAnswer read(InputStream stream) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = stream.read();
            if (next < 0) {
                return new RawAnswer(0, head.toString(), "");
            }
            head.append((char) next);
        }
        var status = STATUS.matcher(head);
        var length = LENGTH.matcher(head);
        var body = length.find() ? stream.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return new RawAnswer(
                status.lookingAt() ? Integer.parseInt(status.group(1)) : 0,
                head.toString(),
                new String(body, StandardCharsets.UTF_8));
    }

    /** True if it is a 4xx problem document that says the same status. */
    boolean isRefusal() {
        if (status < 400 || status > 499 || !head.contains("content-type: application/problem+json\r\n")) {
            return false;
        }
        try {
            var problem = new JsonObject(body);
            return problem.getInteger("status") == status
                    && !problem.getString("detail", "").isBlank()
                    && !body.contains("Exception");
        } catch (DecodeException notJson) {
            return false;
        }
    }
}
