package dev.koda.checks.system;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the kernel tells, and the limits.
 *
 * @param root of the file system; {@code /proc} and {@code /sys} are below it
 * @param hostMemory of memory that the host has left
 * @param groupMemory of memory that our control group has left
 * @param descriptors of file descriptors in use
 */
public record SystemOptions(Path root, Shares hostMemory, Shares groupMemory, Shares descriptors) {
    /**
     * Two limits.
     *
     * @param warnPercent of warn
     * @param failPercent of fail
     */
    public record Shares(double warnPercent, double failPercent) {}

    public SystemOptions {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(hostMemory, "hostMemory");
        Objects.requireNonNull(groupMemory, "groupMemory");
        Objects.requireNonNull(descriptors, "descriptors");
    }

    /** 10 and 5 % of the host's memory left, 15 and 5 % of the group's, 70 and 90 % of the descriptors used. */
    public static SystemOptions of(Path root) {
        return new SystemOptions(root, new Shares(10, 5), new Shares(15, 5), new Shares(70, 90));
    }

    /** The same with other limits of memory, for host and group. */
    public SystemOptions memory(double warnPercent, double failPercent) {
        var shares = new Shares(warnPercent, failPercent);
        return new SystemOptions(root, shares, shares, descriptors);
    }

    /** The same with other limits of file descriptors. */
    public SystemOptions descriptors(double warnPercent, double failPercent) {
        return new SystemOptions(root, hostMemory, groupMemory, new Shares(warnPercent, failPercent));
    }
}
