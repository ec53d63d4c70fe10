package dev.koda.server.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The one directory that holds everything of an embedded stack: settings, secrets, data, logs. It carries a marker file,
 * so that no other directory is ever written to, and nobody but its owner can look inside.
 */
public final class StateDirectory {
    private static final String MARKER = ".koda-state";
    private static final String MARKER_TEXT = "The state of `koda up`. Delete this directory to lose its data.\n";

    private final Path root;

    private StateDirectory(Path root) {
        this.root = root;
    }

    /**
     * Opens the directory, made with mode 0700 if it is not there or empty.
     *
     * @throws StartException if it holds something else, belongs to someone else, is open to others, or is not writable
     */
    public static StateDirectory open(Path path) throws StartException {
        var root = Objects.requireNonNull(path, "path").toAbsolutePath().normalize();
        try {
            return openOrMake(root);
        } catch (AccessDeniedException denied) {
            throw new StartException(
                    "cannot write to " + root + ": permission denied; name another with --dir", denied);
        } catch (IOException failure) {
            throw new StartException(
                    "cannot make or write the state directory " + root + " (" + reason(failure)
                            + "); name a writable one with --dir",
                    failure);
        }
    }

    /**
     * Opens one that {@code koda up} has made; makes nothing.
     *
     * @throws StartException if it is none, belongs to someone else, or is open to others
     */
    public static StateDirectory existing(Path path) throws StartException {
        var root = Objects.requireNonNull(path, "path").toAbsolutePath().normalize();
        if (!Files.isRegularFile(root.resolve(MARKER))) {
            throw new StartException(
                    root + " has no file " + MARKER
                            + ", so it is not a state directory of koda up; run koda up first, or name its directory with --dir");
        }
        try {
            refuseIfOfAnother(root);
            refuseIfOpenToOthers(root);
        } catch (IOException failure) {
            throw new StartException("cannot look at " + root + " (" + reason(failure) + ")", failure);
        }
        return new StateDirectory(root);
    }

    private static StateDirectory openOrMake(Path root) throws IOException, StartException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StartException(root + " is not a directory; name another with --dir");
        }
        if (!Files.exists(root)) {
            makeParents(root);
            PrivateFiles.directory(root);
        }
        refuseIfOfAnother(root);
        if (!Files.exists(root.resolve(MARKER))) {
            takeIfEmpty(root);
        }
        refuseIfOpenToOthers(root);
        var directory = new StateDirectory(root);
        directory.makeParts();
        return directory;
    }

    /** What the operating system says about it, as far as Java passes that on. */
    private static String reason(IOException failure) {
        var reason = failure instanceof FileSystemException refused ? refused.getReason() : null;
        return reason == null ? "the file system refuses it" : reason;
    }

    private static void makeParents(Path root) throws IOException, StartException {
        var parent = root.getParent();
        for (var above = parent; above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw new StartException(above + " is not a directory; name another with --dir");
            }
        }
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static void takeIfEmpty(Path root) throws IOException, StartException {
        try (var content = Files.list(root)) {
            if (content.findAny().isPresent()) {
                throw new StartException(root + " is not empty and has no file " + MARKER
                        + ", so it is not a state directory of koda up; name another with --dir");
            }
        }
        // Nothing was in it yet, so nothing was open to anyone.
        Files.setPosixFilePermissions(root, PrivateFiles.DIRECTORY);
        PrivateFiles.write(root.resolve(MARKER), MARKER_TEXT);
    }

    private static void refuseIfOfAnother(Path root) throws IOException, StartException {
        if (ownerOf(root) != ownUser()) {
            throw new StartException(root + " belongs to another user (" + Files.getOwner(root)
                    + "); run koda up as that user, or name another with --dir");
        }
    }

    private static void refuseIfOpenToOthers(Path root) throws IOException, StartException {
        var mode = Files.getPosixFilePermissions(root);
        if (!mode.equals(PrivateFiles.DIRECTORY)) {
            throw new StartException(root + " holds secrets and has mode " + PosixFilePermissions.toString(mode)
                    + ", expected rwx------; run: chmod 700 " + root);
        }
    }

    private static int ownerOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    static int ownUser() throws IOException {
        return ownerOf(Path.of("/proc/self"));
    }

    private void makeParts() throws IOException {
        for (var part : new Path[] {state(), artifacts(), operations(), objects(), binaries(), logs()}) {
            PrivateFiles.directory(part);
        }
    }

    /** The absolute path. */
    public Path root() {
        return root;
    }

    /** The settings of the stack, in the grammar of Docker Compose's {@code .env}. */
    public Path environment() {
        return root.resolve(".env");
    }

    /** The logs of the embedded services. */
    public Path logs() {
        return root.resolve("logs");
    }

    /**
     * Opens a log file for writing, empty at first; the caller closes it.
     *
     * @param name of the file in {@link #logs}
     */
    public OutputStream openLog(String name) throws StartException {
        try {
            return Channels.newOutputStream(
                    PrivateFiles.open(logs().resolve(name)).truncate(0));
        } catch (IOException failure) {
            throw new StartException("cannot write to " + logs() + "; make it writable", failure);
        }
    }

    Path state() {
        return root.resolve("state");
    }

    Path artifacts() {
        return root.resolve("artifacts");
    }

    Path operations() {
        return root.resolve("operations");
    }

    Path objects() {
        return root.resolve("objects");
    }

    Path binaries() {
        return root.resolve("postgres-binaries");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path superuserPassword() {
        return root.resolve(".postgres-superuser");
    }

    Path lock() {
        return root.resolve("up.lock");
    }

    Path demoLock() {
        return root.resolve("demo.lock");
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
