package dev.koda.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks over one connection, reads the answer to its end and throws it away, so that only the server is measured. */
final class ScrapeClient implements AutoCloseable {
    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final InputStream in;
    private final byte[] request;
    private final byte[] sink = new byte[64 * 1_024];

    ScrapeClient(int port, String path, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1_024);
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The length of the body. */
    int ask() throws IOException {
        socket.getOutputStream().write(request);
        int length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        for (int left = length; left > 0; ) {
            int got = in.read(sink, 0, Math.min(left, sink.length));
            if (got < 0) {
                throw new IOException("the server closed the connection");
            }
            left -= got;
        }
        return length;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
