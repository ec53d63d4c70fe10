package dev.koda.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A port of loopback that drops whoever wants to connect, as a firewall does: nobody accepts, and the queue of those who
 * wait is full. Prints the port, and ends after ten minutes.
 */
public final class BlackHole {
    private BlackHole() {}

    /** Prints the port once it drops. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = fill(hole.getLocalPort());
            System.out.println(hole.getLocalPort());
            new CountDownLatch(1).await(10, TimeUnit.MINUTES);
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    private static List<Socket> fill(int port) throws IOException {
        var waiting = new ArrayList<Socket>();
        while (true) {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
            } catch (SocketTimeoutException full) {
                return waiting;
            }
        }
    }
}
