package dev.koda.checks.objectstore.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.network.HttpTarget;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code object-store.headroom[capacity]} against servers that answer as SeaweedFS and MinIO do. */
class CapacityCheckTest {
    private static final long VOLUME = 30_000L << 20;

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private CheckResult run(String body) {
        return run(body, HeadroomOptions.defaults());
    }

    private CheckResult run(String body, HeadroomOptions options) {
        var url = loopback.http(request -> request.response().end(body));
        return EngineRun.result(HeadroomChecks.capacity(HttpTarget.get(url), loopback.http(), options));
    }

    private CheckResult status(int status) {
        var url = loopback.http(
                request -> request.response().setStatusCode(status).end("{}"));
        return EngineRun.result(
                HeadroomChecks.capacity(HttpTarget.get(url), loopback.http(), HeadroomOptions.defaults()));
    }

    private static String minio(String family, String total, String free) {
        return """
                # HELP %1$stotal_bytes Total usable capacity online in the cluster.
                # TYPE %1$stotal_bytes gauge
                %1$stotal_bytes{server="127.0.0.1:9000"} %2$s
                %1$sfree_bytes{server="127.0.0.1:9000"} %3$s
                minio_cluster_drive_online_total{server="127.0.0.1:9000"} 4
                """.formatted(family, total, free);
    }

    /** As {@code /vol/status} of a master. */
    private static String volumes(int most, int free, String... volumes) {
        return """
                {"Version":"30GB 4.05","Volumes":{"DataCenters":{"DefaultDataCenter":{"DefaultRack":
                {"127.0.0.1:8080":[%s]}}},"Free":%d,"Max":%d}}
                """.formatted(String.join(",", volumes), free, most);
    }

    private static String volume(int id, long size, boolean isReadOnly) {
        return String.format(
                Locale.ROOT,
                "{\"Id\":%d,\"Size\":%d,\"ReplicaPlacement\":{},\"Ttl\":{\"Count\":0,\"Unit\":0},\"DiskType\":\"\","
                        + "\"Collection\":\"koda-objects\",\"Version\":3,\"FileCount\":7,\"DeleteCount\":0,"
                        + "\"DeletedByteCount\":0,\"ReadOnly\":%b}",
                id,
                size,
                isReadOnly);
    }

    @ParameterizedTest(name = "{0} of 2e12: {1}")
    @CsvSource({
        "1.5e+12, PASS, 75.0",
        "3e+11, PASS, 15.0",
        "2.99e+11, WARN, 14.9",
        "1e+11, WARN, 5.0",
        "9.9e+10, FAIL, 4.9",
        "0, FAIL, 0.0"
    })
    void readsTheMetricsOfMinio(String free, Status status, String percent) {
        for (var family : new String[] {"minio_cluster_capacity_usable_", "minio_cluster_health_capacity_usable_"}) {
            var result = run(minio(family, "2e+12", free));

            assertThat(result.status()).as(result.message()).isEqualTo(status);
            assertThat(result.message()).startsWith(percent + " % free by the metrics of MinIO, limit ");
            assertThat(result.reason()).isEqualTo(status == Status.PASS ? null : new Reason("low_space"));
        }
    }

    @Test
    void findsTheMetricsBehindManyOthers() {
        var many = IntStream.range(0, 4000)
                .mapToObj(i -> "minio_cluster_objects_size_distribution{range=\"r" + i + "\"} " + i)
                .collect(Collectors.joining("\n"));

        assertThat(run(many + "\n" + minio("minio_cluster_capacity_usable_", "100", "50"))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void readsTheDisksOfAVolumeServer() {
        var result = run("""
                {"Version":"30GB 4.05","DiskStatuses":[
                 {"dir":"/data","all":1000000000,"used":900000000,"free":100000000,"percent_free":10,"disk_type":"hdd"},
                 {"dir":"/full","all":1000000000,"used":1000000000}],
                 "Volumes":[%s]}
                """.formatted(volume(1, 1, false)));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("low_space"));
        assertThat(result.message())
                .isEqualTo("5.0 % free on the disks of SeaweedFS, limit 15.0 % (95.4 MiB of 1.9 GiB)");
        assertThat(result.outcome().observed())
                .containsEntry("free_bytes", new Observed(100_000_000L, "bytes"))
                .containsEntry("total_bytes", new Observed(2_000_000_000L, "bytes"));
    }

    @Test
    void volumesThatAreNotBegunAreRoomForCertain() {
        var result = run("""
                {"Topology":{"Max":30,"Free":12,"DataCenters":[{"Id":"d","Racks":[{"Id":"r","DataNodes":[
                 {"Url":"127.0.0.1:8080","Volumes":18,"EcShards":0,"Max":8,"Free":0,"VolumeIds":" 1-18"}]}]}],
                 "Layouts":[{"replication":"000","writables":[1,2],"collection":""}]},"Version":"4.05"}
                """);

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message())
                .isEqualTo("40.0 % of the volumes of SeaweedFS free, limit 15.0 % (12.0 of 30 volumes)");
        assertThat(result.outcome().observed()).containsEntry("total_slots", new Observed(30L, "volumes"));
    }

    @Test
    void aFreshStoreWhoseVolumesAreAllBegunIsNotCalledFull() {
        var result = run(volumes(8, 0, volume(1, 8, false), volume(2, 8, false)));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("unknown_size"));
        assertThat(result.message())
                .isEqualTo("0 of 8 volumes of SeaweedFS are not begun; how full the others are is not known");
    }

    @Test
    void withTheSizeOfAVolumeWhatIsLeftInEachCounts() {
        var options = HeadroomOptions.defaults().volumes(VOLUME);

        var fresh = run(volumes(2, 0, volume(1, 8, false), volume(2, VOLUME / 2, false)), options);
        var worn = run(volumes(2, 0, volume(1, VOLUME / 10 * 8, false), volume(2, VOLUME + 5, false)), options);
        var closed = run(volumes(2, 0, volume(1, 8, true), volume(2, 8, true)), options);

        assertThat(fresh.message())
                .isEqualTo("74.9 % of the volumes of SeaweedFS free, limit 15.0 % (1.4 of 2 volumes)");
        assertThat(fresh.status()).isEqualTo(Status.PASS);
        assertThat(worn.status()).as(worn.message()).isEqualTo(Status.WARN);
        assertThat(closed.status()).as(closed.message()).isEqualTo(Status.FAIL);
    }

    @Test
    void withoutTheSizesOfTheVolumesThatSettingIsNotEnough() {
        var result = run(
                "{\"Topology\":{\"Max\":8,\"Free\":1,\"DataCenters\":null}}",
                HeadroomOptions.defaults().volumes(VOLUME));

        assertThat(result.reason()).isEqualTo(new Reason("unknown_size"));
        assertThat(result.outcome().hint()).contains("/vol/status");
    }

    @Test
    void aMasterWithoutVolumeServersHasNoRoomToSpeakOf() {
        var result = run(volumes(0, 0));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("unknown_size"));
    }

    @Test
    void anAnswerThatIsTooLongSaysSo() {
        var result = run("{\"Volumes\":[" + "0,".repeat(1 << 19) + "0]}");

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("unexpected_answer"));
        assertThat(result.message()).endsWith(" answers with more than 1 MiB, so how much room is left is not known");
    }

    @Test
    void moreVolumesThanSlotsAreNoNegativeRoom() {
        var result = run(
                volumes(1, -1, volume(1, VOLUME, false), volume(2, VOLUME, false)),
                HeadroomOptions.defaults().volumes(VOLUME));

        assertThat(result.message()).startsWith("0.0 % of the volumes");
        assertThat(result.status()).isEqualTo(Status.FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "welcome",
                "{}",
                "[1]",
                "{\"IsLeader\":true,\"Leader\":\"127.0.0.1:9333\",\"MaxVolumeId\":7}",
                "{\"Volumes\":{\"Max\":8,\"Free\":8",
                "{\"Volumes\":{\"Max\":\"many\",\"Free\":true}, \"x\":}",
                "minio_cluster_capacity_usable_total_bytes 1000\n",
                "minio_cluster_capacity_usable_total_bytes 1e999\nminio_cluster_capacity_usable_free_bytes 1\n",
                "minio_cluster_capacity_usable_total_bytes 1.1.1\nminio_cluster_capacity_usable_free_bytes 1\n"
            })
    void whatSaysNothingOfRoomIsNotKnownRoom(String body) {
        var result = run(body);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("unexpected_answer"));
        assertThat(result.message()).endsWith("says nothing that is known of room, so how much is left is not known");
    }

    @ParameterizedTest
    @CsvSource({"401, access_denied", "403, access_denied", "404, http_status", "503, http_status", "206, http_status"})
    void anotherStatusIsNotKnownRoom(int status, String reason) {
        var result = status(status);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.message()).contains("answers " + status + ", expected 200");
    }

    @Test
    void anEndpointThatDoesNotAnswerIsNotKnownRoom() {
        var result = EngineRun.result(HeadroomChecks.capacity(
                HttpTarget.get(loopback.refused()), loopback.http(), HeadroomOptions.defaults()));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("connection_refused"));
        assertThat(result.message()).endsWith("so how much room is left is not known");
    }

    @Test
    void limitsCanBeOthers() {
        var body = minio("minio_cluster_capacity_usable_", "100", "50");

        assertThat(run(body, HeadroomOptions.defaults().free(60, 40)).status()).isEqualTo(Status.WARN);
        assertThat(run(body, HeadroomOptions.defaults().free(70, 60)).status()).isEqualTo(Status.FAIL);
    }
}
