package dev.koda.checks.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells a file that is not there from one that this user may not see. */
final class Presence {
    private Presence() {}

    /**
     * False only if there certainly is nothing of that name; blocks. A file that cannot be looked at, or a link to
     * nothing, may hold settings, and to go on without them would be to report on another stack: reading it fails.
     */
    static boolean mayBe(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return !isBelowFile(file);
        }
    }

    private static boolean isBelowFile(Path file) {
        for (var above = file.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return !Files.isDirectory(above);
            }
        }
        return false;
    }

    /** Why a file is denied to us and what to do, to go on from its name. */
    static String denial(Path file) {
        var us = "this user (" + System.getProperty("user.name") + ")";
        var seen = deepestSeen(file);
        var owner = "run as its owner" + owner(seen);
        return seen.equals(file)
                ? "may not be read by " + us + ": " + owner + ", or name another file"
                : "lies in " + seen + ", which " + us + " may not look into: " + owner + ", or in another directory";
    }

    private static Path deepestSeen(Path file) {
        var seen = file;
        while (seen.getParent() != null && !Files.exists(seen, LinkOption.NOFOLLOW_LINKS)) {
            seen = seen.getParent();
        }
        return seen;
    }

    private static String owner(Path path) {
        try {
            return " " + Files.getOwner(path).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
