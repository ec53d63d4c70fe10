package dev.koda.checks.hardening;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The list of the files that git tracks, read as git's documentation of its index format says, versions 2 to 4. No
 * process is run for it: one that hangs on a lock or a file system would hang the check.
 */
final class GitIndex {
    private static final int SIGNATURE = 0x44495243;
    private static final int STAT_BYTES = 40;
    private static final int EXTENDED = 0x4000;

    private final Path file;
    private final int hashBytes;

    private GitIndex(Path file, int hashBytes) {
        this.file = file;
        this.hashBytes = hashBytes;
    }

    /** The index of a repository's directory, such as {@code .git}. */
    static GitIndex of(Path repository) throws IOException {
        var config = repository.resolve("config");
        boolean isSha256 = Files.isReadable(config)
                && Files.readString(config, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s", "")
                        .contains("objectformat=sha256");
        return new GitIndex(repository.resolve("index"), isSha256 ? 32 : 20);
    }

    /**
     * True if the path is tracked.
     *
     * @param path below the top of the working tree, with slashes
     * @throws IOException if the index is not as documented
     */
    boolean tracks(String path) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        var wanted = path.getBytes(StandardCharsets.UTF_8);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            boolean isIndex = in.readInt() == SIGNATURE;
            int version = in.readInt();
            if (!isIndex || version < 2 || version > 4) {
                throw new IOException("not an index of git that is known");
            }
            int entries = in.readInt();
            var name = new byte[0];
            for (int i = 0; i < entries; i++) {
                name = readName(in, version, name);
                if (Arrays.equals(name, wanted)) {
                    return true;
                }
            }
            return false;
        }
    }

    private byte[] readName(DataInputStream in, int version, byte[] before) throws IOException {
        in.skipNBytes(STAT_BYTES + hashBytes);
        int flags = in.readUnsignedShort();
        int fixed = STAT_BYTES + hashBytes + 2;
        if (version >= 3 && (flags & EXTENDED) != 0) {
            in.skipNBytes(2);
            fixed += 2;
        }
        var name = new ByteArrayOutputStream();
        if (version == 4) {
            name.write(before, 0, before.length - readOffset(in));
        }
        for (int b = readByte(in); b != 0; b = readByte(in)) {
            name.write(b);
        }
        if (version < 4) {
            // One NUL was read; more of them fill the entry up to a multiple of eight.
            int length = fixed + name.size() + 1;
            in.skipNBytes((8 - length % 8) % 8);
        }
        return name.toByteArray();
    }

    /** How much of the name before is not shared: the variable width encoding of pack offsets. */
    private static int readOffset(DataInputStream in) throws IOException {
        int b = readByte(in);
        int value = b & 0x7f;
        while ((b & 0x80) != 0) {
            b = readByte(in);
            value = ((value + 1) << 7) | (b & 0x7f);
        }
        return value;
    }

    private static int readByte(DataInputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the index of git ends early");
        }
        return b;
    }
}
