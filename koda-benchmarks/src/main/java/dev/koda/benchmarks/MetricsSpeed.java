package dev.koda.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a scrape takes and how much it allocates, beside a plain Micrometer endpoint on Vert.x, and what a scrape does to
 * the probe that is answered beside it. Client and servers are in one process; what the client allocates is not counted.
 */
final class MetricsSpeed {
    private static final int[] SERIES = {1_000, 10_000, 100_000};
    private static final int ROUNDS = 5;
    private static final int PROBES = 5_000;
    private static final long EVERY_NANOS = 2_000_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final double MILLIS = 1e6;

    private MetricsSpeed() {}

    private record Cost(double millis, double bytes, int length) {}

    public static void main(String[] args) throws Exception {
        System.out.println("| series | Koda | Micrometer | time | allocation | body |");
        System.out.println("|---|---|---|---|---|---|");
        for (int series : SERIES) {
            scrapes(series);
        }
        probes();
    }

    private static void scrapes(int series) throws IOException {
        int times = Math.max(20, 400_000 / series);
        try (var ours = ScrapedServer.ours(series);
                var peer = ScrapedServer.micrometer(series);
                var askOurs = new ScrapeClient(ours.port(), "/metrics");
                var askPeer = new ScrapeClient(peer.port(), "/metrics")) {
            measure(askOurs, times);
            measure(askPeer, times);
            var costOfOurs = new ArrayList<Cost>();
            var costOfPeer = new ArrayList<Cost>();
            for (int round = 0; round < ROUNDS; round++) {
                costOfOurs.add(measure(askOurs, times));
                costOfPeer.add(measure(askPeer, times));
            }
            print(series, median(costOfOurs), median(costOfPeer));
        }
    }

    private static void print(int series, Cost ours, Cost peer) {
        System.out.printf(
                Locale.ROOT,
                "| %,d | %.2f ms, %,.0f kB | %.2f ms, %,.0f kB | %.2f x | %.2f x | %,d and %,d kB |%n",
                series,
                ours.millis(),
                ours.bytes() / 1_000,
                peer.millis(),
                peer.bytes() / 1_000,
                ours.millis() / peer.millis(),
                ours.bytes() / peer.bytes(),
                ours.length() / 1_000,
                peer.length() / 1_000);
    }

    private static Cost measure(ScrapeClient client, int times) throws IOException {
        long before = allocated();
        long start = System.nanoTime();
        int length = 0;
        for (int i = 0; i < times; i++) {
            length = client.ask();
        }
        return new Cost((System.nanoTime() - start) / MILLIS / times, (allocated() - before) / (double) times, length);
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                costs.stream().mapToDouble(Cost::millis).sorted().toArray()[costs.size() / 2],
                costs.stream().mapToDouble(Cost::bytes).sorted().toArray()[costs.size() / 2],
                costs.get(0).length());
    }

    /** By the threads of Vert.x, of which one server at a time is asked. */
    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("vert.x-")) {
                bytes += threads.getThreadAllocatedBytes(info.getThreadId());
            }
        }
        return bytes;
    }

    private static void probes() throws Exception {
        System.out.println();
        System.out.println("| `/health`, beside a scrape of 100,000 series every second | p50 | p99 | longest |");
        System.out.println("|---|---|---|---|");
        try (var ours = ScrapedServer.ours(100_000);
                var peer = ScrapedServer.micrometer(100_000)) {
            for (int round = 0; round < 2; round++) {
                probed("Koda, no scrape", ours.port(), false);
                probed("Koda, scrapes", ours.port(), true);
                probed("Koda, scrapes with gzip", ours.port(), true, "Accept-Encoding: gzip");
                probed("Micrometer, no scrape", peer.port(), false);
                probed("Micrometer, scrapes", peer.port(), true);
            }
        }
    }

    private static void probed(String name, int port, boolean isScraped, String... headers) throws Exception {
        var isOver = new AtomicBoolean();
        var scraping = isScraped
                ? CompletableFuture.runAsync(() -> scrapeUntil(isOver, port, headers))
                : CompletableFuture.<Void>completedFuture(null);
        var sorted = new long[PROBES];
        try (var client = new ScrapeClient(port, "/health")) {
            probe(client, sorted);
        }
        isOver.set(true);
        scraping.join();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f ms | %.2f ms | %.2f ms |%n",
                name,
                sorted[PROBES / 2] / MILLIS,
                sorted[PROBES * 99 / 100] / MILLIS,
                sorted[PROBES - 1] / MILLIS);
    }

    /** At a fixed rate, each measured from when it was due: a probe that waits does not hide those behind it. */
    private static void probe(ScrapeClient client, long[] nanos) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            long due = start + i * EVERY_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
            client.ask();
            nanos[i] = System.nanoTime() - due;
        }
    }

    private static void scrapeUntil(AtomicBoolean isOver, int port, String... headers) {
        try (var client = new ScrapeClient(port, "/metrics", headers)) {
            while (!isOver.get()) {
                client.ask();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
