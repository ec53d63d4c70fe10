package dev.koda.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.nio.charset.StandardCharsets;

/** A family without a sample as a protobuf message, which the writer of the library leaves out: name, help and type. */
final class EmptyFamily {
    private static final int NAME = 0x0a;
    private static final int HELP = 0x12;
    private static final int TYPE = 0x18;
    private static final int COUNTER = 0;
    private static final int GAUGE = 1;
    private static final int HISTOGRAM = 4;
    private static final int SEVEN_BITS = 7;
    private static final int MORE = 0x80;

    private final byte[] name;
    private final byte[] help;
    private final int type;

    EmptyFamily(MetricSnapshot family) {
        boolean isCounter = family instanceof CounterSnapshot;
        var base = family.getMetadata().getPrometheusName();
        name = (isCounter ? base + "_total" : base).getBytes(StandardCharsets.UTF_8);
        help = String.valueOf(family.getMetadata().getHelp()).getBytes(StandardCharsets.UTF_8);
        type = isCounter ? COUNTER : family instanceof HistogramSnapshot ? HISTOGRAM : GAUGE;
    }

    /** With its length before it. */
    void write(ScrapeBuffer out) {
        int length = field(name) + field(help) + 2;
        varint(out, length);
        bytes(out, NAME, name);
        bytes(out, HELP, help);
        out.write(TYPE);
        out.write(type);
    }

    private static int field(byte[] value) {
        return 1 + (value.length < MORE ? 1 : 2) + value.length;
    }

    private static void bytes(ScrapeBuffer out, int tag, byte[] value) {
        out.write(tag);
        varint(out, value.length);
        out.write(value);
    }

    private static void varint(ScrapeBuffer out, int value) {
        int left = value;
        while (left >= MORE) {
            out.write((left & (MORE - 1)) | MORE);
            left >>>= SEVEN_BITS;
        }
        out.write(left);
    }
}
