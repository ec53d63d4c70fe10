package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortOwnerTest {
    @TempDir
    Path proc;

    @Test
    void namesTheProcessThatListens() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "only Linux shows who listens");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortOwner.of(socket.getLocalPort()))
                    .hasValueSatisfying(owner -> assertThat(owner)
                            .startsWith("process " + ProcessHandle.current().pid() + " ("));
        }
    }

    @Test
    void knowsNothingOfAPortThatNobodyHolds() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(PortOwner.of(port)).isEmpty();
    }

    @Test
    void saysNothingWhereThereIsNoProc() {
        assertThat(new PortOwner(proc).find(8090)).isEmpty();
    }

    @Test
    void doesNotTakeAConnectionForAListener() throws IOException {
        writeTable("01");

        assertThat(new PortOwner(proc).find(8090)).isEmpty();
    }

    @Test
    void showsNoControlCharacterOfAProgramName() throws IOException {
        writeTable("0A");
        var process = Files.createDirectories(proc.resolve("4711/fd"));
        Files.createSymbolicLink(process.resolve("3"), Path.of("socket:[77]"));
        Files.writeString(proc.resolve("4711/comm"), "ev\u001b[31mil\n");

        assertThat(new PortOwner(proc).find(8090)).contains("process 4711 (ev?[31mil)");
    }

    private void writeTable(String state) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(
                proc.resolve("net/tcp"),
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        + "   0: 0100007F:1F9A 00000000:0000 " + state
                        + " 00000000:00000000 00:00000000 00000000     0        0 77 1 0 100 0 0 10 0\n");
    }
}
