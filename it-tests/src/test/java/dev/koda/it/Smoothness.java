package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a page in a browser is busy at a time: its long tasks, in which it hears nobody, the frames of a scroll, and its largest paint. A busy
 * machine makes them long, so only {@code -Dkoda.long=true} holds them to a limit; else they are printed.
 */
final class Smoothness {
    private static final boolean IS_HELD = Boolean.getBoolean("koda.long");

    private static final String WATCH = """
            () => {
                window.longTasks = [];
                new PerformanceObserver(list => list.getEntries().forEach(entry => window.longTasks.push(entry.duration)))
                    .observe({ type: 'longtask' });
            }""";

    private static final String SCROLL = """
            async ({ pixels, frames }) => {
                const lasted = [];
                for (let last = performance.now(); lasted.length < frames;) {
                    scrollBy(0, pixels);
                    await new Promise(requestAnimationFrame);
                    lasted.push(performance.now() - last);
                    last = performance.now();
                }
                return lasted;
            }""";

    private static final String PAINT = """
            () => new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
                .observe({ type: 'largest-contentful-paint', buffered: true }))""";

    private final Page page;

    private Smoothness(Page page) {
        this.page = page;
    }

    /** Watches this page from now on, until it is loaded anew. */
    static Smoothness of(Page page) {
        page.evaluate(WATCH);
        return new Smoothness(page);
    }

    /** Prints how long after the navigation the largest part of what is on the screen by now was painted. */
    static void ofPaint(Page page) {
        print("largest paint", List.of((Number) page.evaluate(PAINT)));
    }

    @SuppressWarnings("unchecked")
    void longTasksLast(int milliseconds) {
        hold("long tasks", (List<Number>) page.evaluate("window.longTasks"), milliseconds);
    }

    /** Scrolls so many pixels at each of so many frames, however long they last. */
    void scroll(int pixels, int frames) {
        print("frames of a scroll that loads rows", lasted(pixels, frames));
    }

    /** The same. */
    void scrollFramesLast(int milliseconds, int pixels, int frames) {
        hold("frames of a scroll", lasted(pixels, frames), milliseconds);
    }

    @SuppressWarnings("unchecked")
    private List<Number> lasted(int pixels, int frames) {
        return (List<Number>) page.evaluate(SCROLL, Map.of("pixels", pixels, "frames", frames));
    }

    private static void hold(String what, List<Number> lasted, int limit) {
        double most = print(what, lasted);
        if (IS_HELD) {
            assertThat(most).as("p95 of %s in ms", what).isLessThanOrEqualTo(limit);
        }
    }

    private static double print(String what, List<Number> lasted) {
        var sorted = lasted.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        double most = sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
        double longest = sorted.length == 0 ? 0 : sorted[sorted.length - 1];
        System.out.printf(Locale.ROOT, "%d %s: p95 %.0f ms, longest %.0f ms%n", sorted.length, what, most, longest);
        return most;
    }
}
