package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.TimeLimits;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Does a socket of this host accept a connection? Says nothing on it, and hangs up. */
final class SocketCheck implements CheckSpec.BlockingCheck {
    private final Path socket;
    private final String setting;
    private final TimeLimits limits;
    private final TimeSource time;

    SocketCheck(Path socket, String setting, TimeLimits limits, TimeSource time) {
        this.socket = socket;
        this.setting = setting;
        this.limits = limits;
        this.time = time;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        if (!Files.exists(socket)) {
            return Outcome.fail("there is no socket " + socket)
                    .reason("missing")
                    .hint("start the sidecar, or correct " + setting
                            + "; if it lies in a container, leave it out here: then the control plane's probe counts");
        }
        long start = time.nanos();
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var took = Duration.ofNanos(time.nanos() - start);
            return channel.isConnected() ? limits.judge(socket, took, socket + " accepts connections") : refused();
        } catch (ClosedByInterruptException givenUp) {
            throw givenUp;
        } catch (IOException refused) {
            return refused();
        }
    }

    private Outcome refused() {
        return Files.isWritable(socket)
                ? Outcome.fail(socket + " refuses the connection")
                        .reason("connection_refused")
                        .hint("start the sidecar, or correct " + setting)
                : Outcome.fail("this user may not connect to " + socket)
                        .reason("access_denied")
                        .hint("run this as a user who may write to the socket");
    }
}
