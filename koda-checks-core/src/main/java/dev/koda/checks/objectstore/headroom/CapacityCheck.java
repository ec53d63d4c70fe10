package dev.koda.checks.objectstore.headroom;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.network.HttpAnswer;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.HttpTarget;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** How much room does the store itself say it has? That it does not say so is no proof of a lack of it, and warns. */
final class CapacityCheck implements Check {
    /** The status of three thousand volumes, or the metrics of a large cluster. */
    private static final int MOST_BYTES = 1 << 20;

    private final HttpTarget endpoint;
    private final HttpFetch http;
    private final HeadroomOptions options;

    CapacityCheck(HttpTarget endpoint, HttpFetch http, HeadroomOptions options) {
        this.endpoint = endpoint.upTo(MOST_BYTES);
        this.http = http;
        this.options = options;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return http.fetch(endpoint, context, this::judge, Headroom::unknown);
    }

    private Outcome judge(HttpAnswer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return Headroom.unknown(answer.unexpectedStatus(
                            "200", "set KODA_OBJECT_STORAGE_CAPACITY_TOKEN to a token that may read it"))
                    .reason("access_denied");
        }
        if (answer.status() != 200) {
            return Headroom.unknown(
                    answer.unexpectedStatus("200", "check that KODA_OBJECT_STORAGE_CAPACITY_URL is right"));
        }
        var metrics = MinioMetrics.of(answer.body());
        return metrics.isPresent() ? bytes(metrics.get(), "free by the metrics of MinIO") : seaweed(answer);
    }

    private Outcome seaweed(HttpAnswer answer) {
        var status = SeaweedStatus.of(answer);
        if (status.disks().isPresent()) {
            return bytes(status.disks().get(), "free on the disks of SeaweedFS");
        }
        if (!status.hasSlots()) {
            return answer.isCut() ? tooLong() : unknown();
        }
        if (status.slots() <= 0) {
            return Outcome.warn(endpoint + " has no volumes at all: no volume server is registered")
                    .reason("unknown_size")
                    .hint("start the volume servers of SeaweedFS, and look at their log");
        }
        return slots(status);
    }

    private Outcome tooLong() {
        return Outcome.warn(endpoint + " answers with more than 1 MiB, so how much room is left is not known")
                .reason("unexpected_answer")
                .hint("name an endpoint that says less, such as /status of a volume server of SeaweedFS");
    }

    private Outcome unknown() {
        return Outcome.warn(endpoint + " says nothing that is known of room, so how much is left is not known")
                .reason("unexpected_answer")
                .hint("name an endpoint of SeaweedFS such as /status or /vol/status, or MinIO's"
                        + " /minio/v2/metrics/cluster");
    }

    /** Slots that no volume has taken are room for certain; what is left in a volume needs its limit. */
    private Outcome slots(SeaweedStatus status) {
        boolean isKnown = status.hasVolumes() && options.volumeBytes() > 0;
        var room = Headroom.slots(
                status.slots(),
                isKnown ? status.freeSlots() + status.roomInVolumes(options.volumeBytes()) : status.freeSlots());
        if (isKnown || room.status(options) == Status.PASS) {
            return hinted(room.judge("of the volumes of SeaweedFS free", options));
        }
        return Outcome.warn(String.format(
                        Locale.ROOT,
                        "%.0f of %.0f volumes of SeaweedFS are not begun; how full the others are is not known",
                        status.freeSlots(),
                        status.slots()))
                .reason("unknown_size")
                .hint("set KODA_OBJECT_STORAGE_VOLUME_SIZE to -volumeSizeLimitMB of the master, and the URL to its"
                        + " /vol/status; or set the URL to /status of the volume server");
    }

    private Outcome bytes(Headroom room, String where) {
        return hinted(room.judge(where, options));
    }

    private static Outcome hinted(Outcome judged) {
        return judged.status() == Status.PASS
                ? judged
                : judged.reason("low_space").hint("give the storage more room, or remove what is not needed there");
    }
}
