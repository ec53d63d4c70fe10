package dev.koda.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Many who watch a stream of events, on one thread and with next to no memory; some of them never read. */
final class StreamCrowd implements AutoCloseable {
    private static final byte[] MARK = "\"n\":".getBytes(StandardCharsets.US_ASCII);
    private static final int SMALL = 4_096;

    private final int port;
    private final LongUnaryOperator recordedNanos;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final Thread thread = new Thread(this::read, "crowd");
    private long[] nanos = new long[1 << 16];
    private int count;
    private volatile boolean isOver;

    /**
     * Nobody yet.
     *
     * @param recordedNanos when the event of a number was recorded; 0 if it is of no interest
     */
    StreamCrowd(int port, LongUnaryOperator recordedNanos) throws IOException {
        this.port = port;
        this.recordedNanos = recordedNanos;
        thread.setDaemon(true);
        thread.start();
    }

    /** Where one of them is in what it reads: how much of the mark, and the number behind it. */
    private static final class Place {
        private int matched;
        private long number;
    }

    /** Lets some come who read what they get. */
    void enter(int readers) throws IOException {
        for (int i = 0; i < readers; i++) {
            var channel = open("?tail=0", 0);
            channel.configureBlocking(false);
            selector.wakeup();
            channel.register(selector, SelectionKey.OP_READ, new Place());
        }
    }

    /** Lets some come who ask for much, and read nothing. */
    void enterStalled(int stalled) throws IOException {
        for (int i = 0; i < stalled; i++) {
            open("?tail=1000", SMALL);
        }
    }

    private SocketChannel open(String query, int receiveBuffer) throws IOException {
        var channel = SocketChannel.open();
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(
                ("GET /audit/stream" + query + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
        channels.add(channel);
        return channel;
    }

    private void read() {
        try {
            while (!isOver) {
                selector.select(this::read, 10);
            }
        } catch (IOException broken) {
            throw new IllegalStateException("the crowd cannot read", broken);
        }
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int length = ((SocketChannel) key.channel()).read(buffer);
            long now = System.nanoTime();
            if (length < 0) {
                key.cancel();
            }
            for (int i = 0; i < length; i++) {
                step((Place) key.attachment(), buffer.get(i), now);
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private void step(Place place, byte next, long now) {
        if (place.matched == MARK.length) {
            if (next >= '0' && next <= '9') {
                place.number = place.number * 10 + next - '0';
                return;
            }
            note(recordedNanos.applyAsLong(place.number), now);
            place.number = 0;
            place.matched = 0;
        }
        place.matched = next == MARK[place.matched] ? place.matched + 1 : next == MARK[0] ? 1 : 0;
    }

    private synchronized void note(long recorded, long now) {
        if (recorded == 0) {
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = now - recorded;
    }

    /** How long the events took that came since the last call, in nanoseconds, the shortest first. */
    synchronized long[] take() {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        nanos = new long[1 << 16];
        count = 0;
        return sorted;
    }

    synchronized int count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        for (var channel : channels) {
            channel.close();
        }
        selector.wakeup();
    }
}
