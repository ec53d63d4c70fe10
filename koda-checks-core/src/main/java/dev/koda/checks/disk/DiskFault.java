package dev.koda.checks.disk;

import dev.koda.checks.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Why a directory cannot be used. */
enum DiskFault {
    MISSING("there is no directory %s", "create %s, or mount the volume that belongs there"),
    NOT_A_DIRECTORY("%s is not a directory", "move the file %s away, or correct the setting"),
    ACCESS_DENIED("this user may not write %s", "give %s to the user that runs this process"),
    READ_ONLY("%s is mounted read-only", "look in the kernel log for errors of its disk, then remount %s for writing"),
    NO_SPACE("the volume of %s is full", "grow the volume of %s, or remove what is not needed there"),
    WRITE_FAILED(
            "%s cannot be written", "look in the kernel log for errors of the disk, and at quotas and inodes of %s");

    private static final long ONE_BLOCK = 4096;

    private final String sentence;
    private final String hint;

    DiskFault(String sentence, String hint) {
        this.sentence = sentence;
        this.hint = hint;
    }

    /**
     * Which one a failed write means. The JDK hides the error number, so beyond its exception types the file system is
     * asked what is wrong with it; its text helps only for an NFS export that is read-only although its mount is not.
     */
    static DiskFault of(IOException failure, Path path) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return MISSING;
        }
        if (failure instanceof AccessDeniedException) {
            return ACCESS_DENIED;
        }
        var directory = path.toFile();
        if (directory.exists() && !directory.isDirectory()) {
            return NOT_A_DIRECTORY;
        }
        if (MountTable.read().isReadOnly(path.toRealPath())
                || String.valueOf(failure.getMessage()).contains("Read-only file system")) {
            return READ_ONLY;
        }
        return directory.getUsableSpace() < ONE_BLOCK ? NO_SPACE : WRITE_FAILED;
    }

    Outcome outcome(Path path) {
        return Outcome.fail(String.format(Locale.ROOT, sentence, path))
                .reason(name().toLowerCase(Locale.ROOT))
                .hint(String.format(Locale.ROOT, hint, path));
    }
}
