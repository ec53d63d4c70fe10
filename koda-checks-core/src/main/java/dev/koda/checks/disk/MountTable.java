package dev.koda.checks.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted where, as the kernel tells it in {@code /proc/self/mountinfo} (proc(5)). Reading that touches no
 * mount, so it answers also while one hangs. The JDK's own file store finds a mount by its device number and so
 * overlooks a directory that is bound read-only into a writable volume.
 */
final class MountTable {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    /** What the JDK turns the bytes of file names into characters with. */
    private static final Charset NAMES = Charset.forName(System.getProperty("native.encoding", "UTF-8"));

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private final List<Mount> mounts;

    private record Mount(Path point, boolean isReadOnly) {}

    private MountTable(List<Mount> mounts) {
        this.mounts = mounts;
    }

    static MountTable read() throws IOException {
        try {
            return parse(Files.readAllLines(MOUNTINFO, ISO_8859_1), NAMES);
        } catch (NoSuchFileException notLinux) {
            return new MountTable(List.of());
        }
    }

    /**
     * Lines that are not of the known form are left out, and those whose name is no path in this locale: nobody can ask
     * for such a path here.
     *
     * @param lines a character for each byte, since names are bytes in any encoding
     */
    static MountTable parse(List<String> lines, Charset names) {
        var mounts = new ArrayList<Mount>();
        for (var line : lines) {
            var fields = line.split(" ", -1);
            int separator = List.of(fields).indexOf("-");
            if (separator >= 6 && fields.length > separator + 3) {
                boolean isReadOnly = hasRo(fields[5]) || hasRo(fields[separator + 3]);
                path(fields[4], names).ifPresent(point -> mounts.add(new Mount(point, isReadOnly)));
            }
        }
        return new MountTable(mounts);
    }

    /** True if the mount that holds this real path, the last one made at the deepest place, is read-only. */
    boolean isReadOnly(Path realPath) throws IOException {
        if (mounts.isEmpty()) {
            return Files.getFileStore(realPath).isReadOnly();
        }
        Mount holder = null;
        for (var mount : mounts) {
            boolean isDeeper = holder == null || mount.point.getNameCount() >= holder.point.getNameCount();
            if (isDeeper && realPath.startsWith(mount.point)) {
                holder = mount;
            }
        }
        return holder != null && holder.isReadOnly;
    }

    private static boolean hasRo(String options) {
        return List.of(options.split(",", -1)).contains("ro");
    }

    private static Optional<Path> path(String field, Charset names) {
        try {
            var bytes = ByteBuffer.wrap(unescaped(field).getBytes(ISO_8859_1));
            return Optional.of(Path.of(names.newDecoder().decode(bytes).toString()));
        } catch (CharacterCodingException | InvalidPathException foreign) {
            return Optional.empty();
        }
    }

    private static String unescaped(String field) {
        return OCTAL.matcher(field)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 8))));
    }
}
