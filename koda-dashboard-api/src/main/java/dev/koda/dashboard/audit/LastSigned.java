package dev.koda.dashboard.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last checkpoint that this server has signed, on its own disk: a database that is restored from an older state
 * forgets it, and this does not. One call at a time.
 */
final class LastSigned {
    private static final Logger LOG = LoggerFactory.getLogger(LastSigned.class);

    static final String NAME = "audit-last-checkpoint";

    private final Vertx vertx;
    private final OwnDirectory own;
    private boolean isTold;

    LastSigned(Vertx vertx, OwnDirectory own) {
        this.vertx = vertx;
        this.own = own;
    }

    /**
     * What was written last of this log; empty if there is none that can be read.
     *
     * @param log what tells one log from another; without a blank
     */
    Future<Optional<Checkpoint>> read(String log) {
        return vertx.executeBlocking(() -> {
            try {
                var words = Files.readString(own.path().resolve(NAME)).split(" ", 2);
                return words.length == 2 && words[0].equals(log)
                        ? Optional.of(Checkpoint.parse(words[1]))
                        : Optional.empty();
            } catch (NoSuchFileException none) {
                return Optional.empty();
            } catch (IOException | IllegalArgumentException unreadable) {
                tell(unreadable);
                return Optional.empty();
            }
        });
    }

    /** Writes it down, if the disk takes it: the checkpoint is in the store and in the log all the same. */
    Future<Void> write(String log, Checkpoint checkpoint) {
        return vertx.executeBlocking(() -> {
            try {
                PrivateDirectory.write(own.path().resolve(NAME), log + ' ' + checkpoint.line() + '\n');
            } catch (IOException notKept) {
                tell(notKept);
            }
            return null;
        });
    }

    private void tell(Exception failure) {
        if (!isTold) {
            isTold = true;
            LOG.atWarn()
                    .addKeyValue("event", "audit.last_checkpoint_not_kept")
                    .log(
                            "the last checkpoint cannot be kept on this disk ({}): a database that is restored from an"
                                    + " older state is noticed by a server that ran before alone",
                            failure.toString());
        }
    }
}
