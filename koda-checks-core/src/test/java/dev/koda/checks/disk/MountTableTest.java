package dev.koda.checks.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static final String ROOT = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,errors=remount-ro";

    @Test
    void findsTheDeepestMount() throws IOException {
        var table = table(
                ROOT, "30 22 0:26 / /srv ro,nosuid - tmpfs tmpfs rw", "31 30 0:27 / /srv/state rw - tmpfs tmpfs rw");

        assertThat(table.isReadOnly(Path.of("/srv/other"))).isTrue();
        assertThat(table.isReadOnly(Path.of("/srv/state/deep"))).isFalse();
        assertThat(table.isReadOnly(Path.of("/srvx"))).isFalse();
    }

    @Test
    void seesADirectoryThatIsBoundReadOnlyIntoAWritableVolume() throws IOException {
        var table = table(ROOT, "40 22 254:0 /srv/state /srv/state ro,relatime shared:1 - ext4 /dev/vda rw");

        assertThat(table.isReadOnly(Path.of("/srv/state"))).isTrue();
        assertThat(table.isReadOnly(Path.of("/srv"))).isFalse();
    }

    @Test
    void seesAVolumeThatTheKernelMadeReadOnlyAfterAnError() throws IOException {
        var table = table(ROOT, "50 22 8:1 / /state rw,relatime - ext4 /dev/sda1 ro,errors=remount-ro");

        assertThat(table.isReadOnly(Path.of("/state"))).isTrue();
    }

    @Test
    void believesTheLastOfTwoMountsAtOnePlace() throws IOException {
        var table =
                table(ROOT, "60 22 8:1 / /state ro - ext4 /dev/sda1 ro", "61 60 8:2 / /state rw - ext4 /dev/sdb1 rw");

        assertThat(table.isReadOnly(Path.of("/state"))).isFalse();
    }

    @Test
    void readsEscapedNamesAndOptionalFields() throws IOException {
        var table = table(
                ROOT,
                "70 22 8:1 / /my\\040state\\134x ro shared:2 master:1 propagate_from:3 - fuse.x source\\040name rw",
                "71 22 8:1 / /plain ro - ext4 /dev/sda1 ro");

        assertThat(table.isReadOnly(Path.of("/my state\\x"))).isTrue();
        assertThat(table.isReadOnly(Path.of("/plain"))).isTrue();
    }

    @Test
    void doesNotTakeAnOptionThatOnlyContainsRoForIt() throws IOException {
        assertThat(table(ROOT).isReadOnly(Path.of("/"))).isFalse();
    }

    @Test
    void leavesOutLinesOfAnUnknownForm() throws IOException {
        var table = table(ROOT, "", "nonsense", "80 22 8:1 / /state ro no separator", "81 22 8:1 / /state ro - ext4");

        assertThat(table.isReadOnly(Path.of("/state"))).isFalse();
    }

    @Test
    void knowsTheMountsOfThisHost() throws IOException {
        assertThat(MountTable.read()
                        .isReadOnly(
                                Path.of(System.getProperty("java.io.tmpdir")).toRealPath()))
                .isFalse();
    }

    @Test
    void leavesOutAMountWhoseNameIsNoPathInThisLocale() throws IOException {
        var foreign = bytes("90 22 8:1 / /media/user/\u00dcbung rw - ext4 /dev/sdb1 rw");
        var torn = "91 22 8:1 / /media/\\303 rw - ext4 /dev/sdc1 rw";
        var zero = "92 22 8:1 / /media/\\000 rw - ext4 /dev/sdd1 rw";
        var own = "93 22 8:1 / /state ro - ext4 /dev/sde1 ro";

        for (var names : List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_8)) {
            var table = MountTable.parse(List.of(ROOT, foreign, torn, zero, own), names);

            assertThat(table.isReadOnly(Path.of("/state"))).isTrue();
            assertThat(table.isReadOnly(Path.of("/media"))).isFalse();
        }
    }

    @Test
    void readsTheBytesOfANameAsTheLocaleDoes() throws IOException {
        var line = bytes("90 22 8:1 / /media/\u00dcbung ro - ext4 /dev/sdb1 ro");
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs a UTF-8 locale");

        assertThat(table(ROOT, line).isReadOnly(Path.of("/media/\u00dcbung"))).isTrue();
    }

    /** A character for each byte, as the file is read. */
    private static String bytes(String line) {
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static MountTable table(String... lines) {
        return MountTable.parse(List.of(lines), StandardCharsets.UTF_8);
    }
}
