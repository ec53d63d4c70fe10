package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A koda.yaml on disk; nobody ever reads the half of one. */
final class StackFileStore {
    /** Of a new one: a server may run as somebody else, and secrets stand in variables. */
    private static final String NEW = "rw-r--r--";

    private final Path file;

    StackFileStore(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Why nothing can be written there, or null. */
    @Nullable
    String refusal() {
        return exists() && !Files.isRegularFile(file) ? "it is no file" : ReportFile.refusal(file);
    }

    /**
     * Writes it, with the owner and mode that it has.
     *
     * @throws DoctorException if the disk takes no more
     */
    void write(String text) {
        try {
            var bytes = text.getBytes(UTF_8);
            if (!exists()) {
                FileReplacement.write(file, bytes, PosixFilePermissions.fromString(NEW));
                return;
            }
            var view = Objects.requireNonNull(Files.getFileAttributeView(file, PosixFileAttributeView.class));
            var before = view.readAttributes();
            FileReplacement.write(file, bytes, before.permissions());
            if (!view.getOwner().equals(before.owner())) {
                view.setOwner(before.owner());
                view.setGroup(before.group());
            }
        } catch (IOException full) {
            throw new DoctorException(ExitCode.INTERNAL, file + " could not be written; is its disk full?");
        }
    }
}
