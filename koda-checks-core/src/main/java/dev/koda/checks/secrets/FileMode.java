package dev.koda.checks.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Owner and permission bits of a file or directory, symbolic links followed.
 *
 * @param user the owner's id
 * @param group the group's id
 * @param bits the mode, of which the lowest twelve bits are permissions
 */
record FileMode(int user, int group, int bits) {
    private static final int STICKY = 01000;
    private static final int GROUP_READ_WRITE = 060;
    private static final int OTHERS_READ_WRITE = 06;
    private static final int OTHERS_WRITE = 02;
    private static final int PERMISSIONS = 07777;

    /**
     * Reads them; blocks.
     *
     * @throws UnsupportedOperationException where files have none
     */
    static FileMode of(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, "unix:uid,gid,mode");
        return new FileMode(number(found, "uid"), number(found, "gid"), number(found, "mode"));
    }

    private static int number(Map<String, Object> attributes, String name) {
        if (attributes.get(name) instanceof Integer number) {
            return number;
        }
        throw new UnsupportedOperationException("no " + name);
    }

    boolean isOpenToOthers() {
        return (bits & OTHERS_READ_WRITE) != 0;
    }

    boolean isOpenToGroup() {
        return (bits & GROUP_READ_WRITE) != 0;
    }

    /** True if everybody may put another file in the place of one in this directory. */
    boolean isReplaceableByOthers() {
        return (bits & OTHERS_WRITE) != 0 && (bits & STICKY) == 0;
    }

    /** The permissions as {@code chmod} takes them, such as {@code 0640}. */
    String octal() {
        return String.format("%04o", bits & PERMISSIONS);
    }
}
