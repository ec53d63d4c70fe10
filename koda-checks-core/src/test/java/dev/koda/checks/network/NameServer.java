package dev.koda.checks.network;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.dns.AddressResolverOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A name server on loopback that answers as it is told, and a Vert.x that asks no other. */
final class NameServer implements AutoCloseable {
    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;

    private final Vertx own = Vertx.vertx();
    private final DatagramSocket socket = own.createDatagramSocket();
    private final Vertx asking;

    NameServer() {
        await(socket.listen(0, "127.0.0.1"));
        var resolver = new AddressResolverOptions()
                .setServers(List.of("127.0.0.1:" + socket.localAddress().port()))
                .setSearchDomains(List.of())
                .setQueryTimeout(20_000)
                .setOptResourceEnabled(false);
        asking = Vertx.vertx(new VertxOptions().setAddressResolverOptions(resolver));
    }

    Vertx vertx() {
        return asking;
    }

    /** Refuses every question with this code. */
    void answerWith(int code) {
        socket.handler(packet -> send(packet.sender().port(), packet.data(), code, Buffer.buffer()));
    }

    /** Knows every name, with the address 192.0.2.1. */
    void answerWithAnAddress(long delayMillis) {
        var record = Buffer.buffer(new byte[] {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 1});
        socket.handler(packet -> {
            if (delayMillis == 0) {
                send(packet.sender().port(), packet.data(), 0, record);
            } else {
                own.setTimer(delayMillis, timer -> send(packet.sender().port(), packet.data(), 0, record));
            }
        });
    }

    private void send(int port, Buffer question, int code, Buffer records) {
        boolean isV6 = question.getShort(question.length() - 4) == 28;
        int count = isV6 || records.length() == 0 ? 0 : 1;
        var answer = Buffer.buffer()
                .appendBuffer(question.slice(0, 2))
                .appendByte((byte) 0x81)
                .appendByte((byte) (0x80 | code))
                .appendBuffer(question.slice(4, 6))
                .appendShort((short) count)
                .appendInt(0)
                .appendBuffer(question.slice(12, question.length()));
        socket.send(count == 0 ? answer : answer.appendBuffer(records), port, "127.0.0.1");
    }

    private static <T> void await(Future<T> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("name server", failure);
        }
    }

    @Override
    public void close() {
        await(asking.close());
        await(own.close());
    }
}
