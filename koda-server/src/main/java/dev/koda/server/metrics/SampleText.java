package dev.koda.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;

/**
 * Writes snapshots as text 0.0.4 or as OpenMetrics 1.0. Unlike the writers of the library it also writes the head of a
 * family that has no sample, so that whoever reads a fresh server sees what it measures, and it allocates next to nothing.
 * Our meters have neither exemplars nor stamps of their own, so none are written.
 */
final class SampleText {
    private static final double ONE = 1;

    private final ScrapeBuffer out;
    private final boolean isOpenMetrics;

    SampleText(ScrapeBuffer out, boolean isOpenMetrics) {
        this.out = out;
        this.isOpenMetrics = isOpenMetrics;
    }

    void write(MetricSnapshots families) {
        families.forEach(this::family);
        if (isOpenMetrics) {
            out.text("# EOF\n");
        }
    }

    private void family(MetricSnapshot family) {
        if (family instanceof CounterSnapshot counter) {
            counters(counter);
        } else if (family instanceof GaugeSnapshot gauge) {
            var name = head(gauge, "", "gauge");
            gauge.getDataPoints().forEach(point -> sample(name, point.getLabels(), point.getValue()));
        } else if (family instanceof HistogramSnapshot histogram) {
            histograms(histogram);
        } else if (family instanceof SummarySnapshot summary) {
            summaries(summary);
        } else if (family instanceof InfoSnapshot info) {
            var name = head(info, "_info", isOpenMetrics ? "info" : "gauge");
            info.getDataPoints().forEach(point -> count(name, point.getLabels(), 1));
        } else if (family instanceof StateSetSnapshot states) {
            states(states);
        } else if (family instanceof UnknownSnapshot unknown) {
            var name = head(unknown, "", isOpenMetrics ? "unknown" : "untyped");
            unknown.getDataPoints().forEach(point -> sample(name, point.getLabels(), point.getValue()));
        }
    }

    private void counters(CounterSnapshot counter) {
        var name = head(counter, "_total", "counter");
        for (var point : counter.getDataPoints()) {
            sample(name, point.getLabels(), point.getValue());
        }
    }

    private void histograms(HistogramSnapshot histogram) {
        var base = head(histogram, "", histogram.isGaugeHistogram() && isOpenMetrics ? "gaugehistogram" : "histogram");
        var bucket = base + "_bucket";
        var count = base + (histogram.isGaugeHistogram() ? "_gcount" : "_count");
        var sum = base + (histogram.isGaugeHistogram() ? "_gsum" : "_sum");
        for (var point : histogram.getDataPoints()) {
            buckets(bucket, point);
            total(count, sum, point);
        }
    }

    private void buckets(String name, HistogramDataPointSnapshot point) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        long upTo = 0;
        for (int i = 0; i < buckets.size(); i++) {
            upTo += buckets.getCount(i);
            out.text(name);
            labels(point.getLabels(), "le", buckets.getUpperBound(i));
            end(upTo);
        }
        if (buckets.isEmpty()) {
            out.text(name);
            labels(point.getLabels(), "le", Double.POSITIVE_INFINITY);
            end(point.getCount());
        }
    }

    private void summaries(SummarySnapshot summary) {
        var name = head(summary, "", "summary");
        for (var point : summary.getDataPoints()) {
            for (var quantile : point.getQuantiles()) {
                out.text(name);
                labels(point.getLabels(), "quantile", quantile.getQuantile());
                end(quantile.getValue());
            }
            total(name + "_count", name + "_sum", point);
        }
    }

    private void total(String count, String sum, DistributionDataPointSnapshot point) {
        if (point.hasCount()) {
            count(count, point.getLabels(), point.getCount());
        }
        if (point.hasSum()) {
            sample(sum, point.getLabels(), point.getSum());
        }
    }

    private void states(StateSetSnapshot states) {
        var name = head(states, "", isOpenMetrics ? "stateset" : "gauge");
        for (var point : states.getDataPoints()) {
            for (int i = 0; i < point.size(); i++) {
                count(name, point.getLabels().add(name, point.getName(i)), point.isTrue(i) ? 1 : 0);
            }
        }
    }

    /** Writes what the family is, and returns the name of its samples. */
    private String head(MetricSnapshot family, String suffix, String type) {
        var metadata = family.getMetadata();
        var base = metadata.getPrometheusName();
        var name = base.endsWith(suffix) ? base : base + suffix;
        var shown = isOpenMetrics ? base : name;
        if (isOpenMetrics) {
            out.text("# TYPE " + shown + ' ' + type + '\n');
            if (metadata.hasUnit()) {
                out.text("# UNIT " + shown + ' ' + metadata.getUnit() + '\n');
            }
        }
        if (metadata.getHelp() != null && !metadata.getHelp().isEmpty()) {
            out.text("# HELP " + shown + ' ');
            out.escaped(metadata.getHelp(), isOpenMetrics);
            out.write('\n');
        }
        if (!isOpenMetrics) {
            out.text("# TYPE " + shown + ' ' + type + '\n');
        }
        return name;
    }

    private void sample(String name, Labels labels, double value) {
        out.text(name);
        if (!labels.isEmpty()) {
            labels(labels, "", ONE);
        }
        end(value);
    }

    private void count(String name, Labels labels, long value) {
        out.text(name);
        if (!labels.isEmpty()) {
            labels(labels, "", ONE);
        }
        end(value);
    }

    private void labels(Labels labels, String last, double value) {
        char before = '{';
        for (int i = 0; i < labels.size(); i++) {
            out.write(before);
            out.text(labels.getPrometheusName(i));
            out.text("=\"");
            out.escaped(labels.getValue(i), true);
            out.write('"');
            before = ',';
        }
        if (!last.isEmpty()) {
            out.write(before);
            out.text(last);
            out.text("=\"");
            out.number(value);
            out.write('"');
        }
        out.write('}');
    }

    private void end(double value) {
        out.write(' ');
        out.number(value);
        out.write('\n');
    }

    private void end(long value) {
        out.write(' ');
        out.number(value);
        out.write('\n');
    }
}
