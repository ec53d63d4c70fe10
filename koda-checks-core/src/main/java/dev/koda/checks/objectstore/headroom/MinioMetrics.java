package dev.koda.checks.objectstore.headroom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What MinIO's cluster metrics say of room, in versions 2 ({@code /minio/v2/metrics/cluster}) and 3 ({@code
 * /minio/metrics/v3/cluster/health}): the usable one, without what parity takes.
 */
final class MinioMetrics {
    private static final List<String> FAMILIES =
            List.of("minio_cluster_capacity_usable_", "minio_cluster_health_capacity_usable_");

    private MinioMetrics() {}

    /** Empty if these are no such metrics. */
    static Optional<Headroom> of(String body) {
        return FAMILIES.stream().flatMap(family -> read(body, family)).findFirst();
    }

    private static Stream<Headroom> read(String body, String family) {
        var total = value(body, family + "total_bytes");
        var free = value(body, family + "free_bytes");
        return total.isPresent() && free.isPresent() && total.getAsDouble() > 0
                ? Stream.of(Headroom.bytes(total.getAsDouble(), free.getAsDouble()))
                : Stream.empty();
    }

    private static OptionalDouble value(String body, String name) {
        var sample = Pattern.compile("(?m)^" + name + "(?:\\{[^}\\n]*})?[ \\t]+([0-9.eE+]{1,40})")
                .matcher(body);
        try {
            double number = sample.find() ? Double.parseDouble(sample.group(1)) : Double.NaN;
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }
}
