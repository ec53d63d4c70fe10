package dev.koda.checks.hardening;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The list of the files that git tracks, read as git's documentation of its index format says, versions 2 to 4, whole or
 * split in two. No process is run for it: one that hangs on a lock or a file system would hang the check.
 */
final class GitIndex {
    private static final int SIGNATURE = 0x44495243;
    private static final int STAT_BYTES = 40;
    private static final int EXTENDED = 0x4000;
    /** The extension "link": where the rest of the entries is. */
    private static final int LINK = 0x6c696e6b;
    /** The index of a million files is about that large. */
    private static final long LARGEST = 128L << 20;

    private final Path directory;
    private final int hashBytes;

    private GitIndex(Path directory, int hashBytes) {
        this.directory = directory;
        this.hashBytes = hashBytes;
    }

    /**
     * The index of a repository's directory, such as {@code .git}, or of a worktree's, which shares the settings of
     * another one.
     */
    static GitIndex of(Path repository) throws IOException {
        var pointer = repository.resolve("commondir");
        var common = Files.isReadable(pointer)
                ? repository.resolve(Files.readString(pointer).strip())
                : repository;
        var config = common.resolve("config");
        boolean isSha256 = Files.isReadable(config)
                && Files.readString(config, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s", "")
                        .contains("objectformat=sha256");
        return new GitIndex(repository, isSha256 ? 32 : 20);
    }

    /**
     * True if the path is tracked.
     *
     * @param path below the top of the working tree, with slashes
     * @throws IOException if the index is not as documented, or does not tell
     */
    boolean tracks(String path) throws IOException {
        var file = directory.resolve("index");
        return Files.exists(file) && tracks(file, path.getBytes(StandardCharsets.UTF_8));
    }

    private boolean tracks(Path file, byte[] wanted) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("too large to be read here");
        }
        try {
            var index = ByteBuffer.wrap(Files.readAllBytes(file));
            return isEntry(index, wanted) || isInOtherPart(index, wanted);
        } catch (BufferUnderflowException | IllegalArgumentException cut) {
            throw new IOException("the index of git ends early", cut);
        }
    }

    private boolean isEntry(ByteBuffer index, byte[] wanted) throws IOException {
        boolean isIndex = index.getInt() == SIGNATURE;
        int version = index.getInt();
        if (!isIndex || version < 2 || version > 4) {
            throw new IOException("not an index of git that is known");
        }
        int entries = index.getInt();
        var name = new byte[0];
        boolean isFound = false;
        for (int i = 0; i < entries; i++) {
            name = readName(index, version, name);
            isFound |= Arrays.equals(name, wanted);
            if (isAbove(name, wanted)) {
                throw new IOException("a sparse index has the directory and not what is in it");
            }
        }
        return isFound;
    }

    private static boolean isAbove(byte[] name, byte[] wanted) {
        return name.length > 0
                && name[name.length - 1] == '/'
                && wanted.length > name.length
                && Arrays.equals(name, 0, name.length, wanted, 0, name.length);
    }

    private byte[] readName(ByteBuffer index, int version, byte[] before) {
        skip(index, STAT_BYTES + hashBytes);
        int flags = index.getShort();
        int fixed = STAT_BYTES + hashBytes + 2;
        if (version >= 3 && (flags & EXTENDED) != 0) {
            skip(index, 2);
            fixed += 2;
        }
        var name = new ByteArrayOutputStream();
        if (version == 4) {
            name.writeBytes(Arrays.copyOf(before, Math.max(0, before.length - readOffset(index))));
        }
        for (byte b = index.get(); b != 0; b = index.get()) {
            name.write(b);
        }
        if (version < 4) {
            // One NUL was read; more of them fill the entry up to a multiple of eight.
            int length = fixed + name.size() + 1;
            skip(index, (8 - length % 8) % 8);
        }
        return name.toByteArray();
    }

    /** How much of the name before is not shared: the variable width encoding of pack offsets. */
    private static int readOffset(ByteBuffer index) {
        int b = index.get() & 0xff;
        int value = b & 0x7f;
        while ((b & 0x80) != 0) {
            b = index.get() & 0xff;
            value = ((value + 1) << 7) | (b & 0x7f);
        }
        return value;
    }

    /** Which of the shared entries are gone is told by a bit each, and read here only if it is none. */
    private boolean isInOtherPart(ByteBuffer index, byte[] wanted) throws IOException {
        while (index.remaining() > hashBytes) {
            int extension = index.getInt();
            int size = index.getInt();
            if (size < 0) {
                throw new IOException("an extension of the index of git has no size");
            }
            int next = size + index.position();
            if (extension == LINK) {
                var hash = new byte[hashBytes];
                index.get(hash);
                boolean isGone = next - index.position() > 0 && index.getInt() > 0;
                var other = directory.resolve("sharedindex." + HexFormat.of().formatHex(hash));
                boolean isThere = !Arrays.equals(hash, new byte[hashBytes]) && tracks(other, wanted);
                if (isThere && isGone) {
                    throw new IOException("a split index does not tell without more ado");
                }
                return isThere;
            }
            index.position(next);
        }
        return false;
    }

    private static void skip(ByteBuffer index, int bytes) {
        index.position(index.position() + bytes);
    }
}
