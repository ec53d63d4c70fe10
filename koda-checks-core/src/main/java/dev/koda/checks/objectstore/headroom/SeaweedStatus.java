package dev.koda.checks.objectstore.headroom;

import dev.koda.checks.network.HttpAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What SeaweedFS says of room: a volume server of its disks ({@code /status}, {@code /stats/disk}), a master of how many
 * volumes there may be ({@code /dir/status}) and how large those are that there are ({@code /vol/status}).
 */
final class SeaweedStatus {
    /** {@code Topology} or {@code Volumes} stands right below the root; racks and servers have the same names deeper. */
    private static final int TOP = 2;

    private final List<Double> writableSizes = new ArrayList<>();
    private double diskTotal;
    private double diskFree;
    private double slots = -1;
    private double freeSlots;
    private boolean hasVolumes;

    private SeaweedStatus() {}

    /** With nothing in it if the answer is something else, or was cut off. */
    static SeaweedStatus of(HttpAnswer answer) {
        var status = new SeaweedStatus();
        return answer.eachObject(status::add) ? status : new SeaweedStatus();
    }

    private void add(Map<String, String> fields, int depth) {
        if (fields.containsKey("all") && fields.containsKey("dir")) {
            diskTotal += number(fields, "all");
            diskFree += number(fields, "free");
        }
        if (fields.containsKey("Size") && fields.containsKey("Id")) {
            hasVolumes = true;
            if (!"true".equals(fields.get("ReadOnly"))) {
                writableSizes.add(number(fields, "Size"));
            }
        }
        if (depth == TOP && fields.containsKey("Max") && fields.containsKey("Free")) {
            slots = number(fields, "Max");
            freeSlots = Math.max(0, number(fields, "Free"));
        }
    }

    /** A number that is 0 is left out of the JSON of a volume server. */
    private static double number(Map<String, String> fields, String name) {
        try {
            double number = Double.parseDouble(fields.getOrDefault(name, "0"));
            return Double.isFinite(number) ? number : 0;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** The room on the disks of a volume server; empty for a master. */
    Optional<Headroom> disks() {
        return diskTotal > 0 ? Optional.of(Headroom.bytes(diskTotal, diskFree)) : Optional.empty();
    }

    /** True for a master. */
    boolean hasSlots() {
        return slots >= 0;
    }

    double slots() {
        return slots;
    }

    double freeSlots() {
        return freeSlots;
    }

    /** True if it told the size of each volume. */
    boolean hasVolumes() {
        return hasVolumes;
    }

    /** What volumes that take more have left, in volumes of that size. */
    double roomInVolumes(long volumeBytes) {
        return writableSizes.stream()
                .mapToDouble(size -> Math.max(0, 1 - size / volumeBytes))
                .sum();
    }
}
