package dev.koda.checks.hardening;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.hardening.HardeningOptions.Place;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Has a file or directory exactly the mode that Koda's strict doctor asks for? */
final class ModeCheck implements CheckSpec.BlockingCheck {
    private static final int PERMISSIONS = 0777;

    private final Place place;
    private final int expected;

    ModeCheck(Place place, int expected) {
        this.place = place;
        this.expected = expected;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        var path = place.path();
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Outcome.skipped("the files here have no permissions of Unix");
        }
        try {
            return judge(path, (int) Files.getAttribute(path, "unix:mode") & PERMISSIONS);
        } catch (NoSuchFileException missing) {
            return place.isConfigured()
                    ? Outcome.fail(path + " does not exist")
                            .reason("missing")
                            .hint("make it, or correct the setting that names it")
                    : Outcome.skipped(path + " is not on this host: the default is a path inside Koda's containers");
        } catch (AccessDeniedException denied) {
            return Outcome.warn("this user may not look at " + path + ", so its mode is not known")
                    .reason("unknown_mode")
                    .hint("run the doctor as the user that the stack runs as");
        }
    }

    private Outcome judge(Path path, int mode) {
        return mode == expected
                ? Outcome.pass(path + " has mode " + octal(mode))
                : Outcome.fail(path + " has mode " + octal(mode) + ", expected " + octal(expected))
                        .reason("wrong_mode")
                        .hint("chmod " + octal(expected) + " " + path);
    }

    private static String octal(int mode) {
        return String.format("%04o", mode);
    }
}
