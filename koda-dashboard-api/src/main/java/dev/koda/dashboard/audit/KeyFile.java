package dev.koda.dashboard.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a server keeps the key with which it signs checkpoints. Blocks. */
final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    static final String NAME = "audit-signing.key";

    private KeyFile() {}

    /**
     * A key, and why it is another than before.
     *
     * @param reason {@code new_key} if there was none, {@code unreadable} if what there was is no key, {@code not_kept} if
     *     it will be gone with this process; empty if it is the same as before
     */
    record Found(SigningKey key, String reason) {}

    /** The key of a server's directory; as {@link #open(Path)}. */
    static Found open(OwnDirectory own) {
        try {
            return open(own.path());
        } catch (IOException notOurs) {
            return notKept(SigningKey.generate(), notOurs.getMessage());
        }
    }

    /** The key of this directory; one is made if there is none. To rotate it, move the file away and start again. */
    static Found open(Path directory) {
        var file = directory.resolve(NAME);
        try {
            return new Found(SigningKey.parse(Files.readString(file)), "");
        } catch (NoSuchFileException none) {
            return made(directory, file, "new_key");
        } catch (IllegalArgumentException | IOException unreadable) {
            LOG.error("{} holds no key that can be read; another one signs from now on", file);
            return new Found(SigningKey.generate(), "unreadable");
        }
    }

    private static Found made(Path directory, Path file, String reason) {
        var key = SigningKey.generate();
        try {
            PrivateDirectory.make(directory);
            PrivateDirectory.write(file, key.text());
            return new Found(key, reason);
        } catch (IOException notKept) {
            return notKept(key, file + " cannot be written");
        }
    }

    private static Found notKept(SigningKey key, @Nullable String why) {
        LOG.atWarn()
                .addKeyValue("event", "audit.key_not_kept")
                .log(
                        "{}: checkpoints are signed with a key that is gone with this process; set KODA_OPERATIONS_DIR",
                        why);
        return new Found(key, "not_kept");
    }
}
