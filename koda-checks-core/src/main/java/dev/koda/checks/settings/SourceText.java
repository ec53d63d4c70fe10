package dev.koda.checks.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of a file with what is odd about its bytes: without byte order mark, lines ended by a line feed alone, bytes
 * that are no UTF-8 replaced and reported.
 */
final class SourceText {
    /** 8 MiB: far above any settings file, far below what hurts. */
    static final int LARGEST = 8 * 1024 * 1024;

    /** A file that is no settings file at all would have one in every line. */
    private static final int MOST_PROBLEMS = 50;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final String text;
    private final int[] lineStarts;
    final List<SettingsProblem> problems = new ArrayList<>();
    final List<SettingsNotice> notices = new ArrayList<>();

    private SourceText(Path file, byte[] bytes) {
        this.file = file;
        var decoded = decode(bytes);
        if (!decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK) {
            decoded = decoded.substring(1);
            notice(SettingsNotice.Kind.BYTE_ORDER_MARK, 1, "the file begins with a byte order mark");
        }
        int crlf = decoded.indexOf("\r\n");
        if (crlf >= 0) {
            notice(SettingsNotice.Kind.CRLF, lineOf(decoded, crlf), "lines end with CR LF instead of LF");
            decoded = decoded.replace("\r\n", "\n");
        }
        text = decoded;
        lineStarts = lineStarts(text);
    }

    static SourceText of(Path file, byte[] bytes) {
        return new SourceText(file, bytes);
    }

    /** Reads a file; whatever keeps it from being read becomes a settings exception. */
    static SourceText read(Path file) {
        return of(file, readBytes(file, LARGEST));
    }

    static byte[] readBytes(Path file, int largest) {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "is a directory, not a file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw unreadable(file, "is larger than " + largest + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw unreadable(
                    file, Files.isSymbolicLink(file) ? "is a link to a file that does not exist" : "does not exist");
        } catch (AccessDeniedException e) {
            throw unreadable(file, Presence.denial(file));
        } catch (IOException e) {
            throw unreadable(file, "cannot be read");
        }
    }

    private static SettingsException unreadable(Path file, String why) {
        return new SettingsException(List.of(SettingsProblem.inFile(file, why)));
    }

    String text() {
        return text;
    }

    Path file() {
        return file;
    }

    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    void problem(int offset, String message) {
        problems.add(new SettingsProblem(file, line(offset), column(offset), message, null));
    }

    void notice(SettingsNotice.Kind kind, int line, String message) {
        notices.add(new SettingsNotice(kind, file, line, message, null));
    }

    /**
     * Notes that a variable in the value of a setting is not set.
     *
     * @param isShown false if what looks like its name may be a piece of a secret
     */
    void unset(int line, String setting, String variable, boolean isShown) {
        var message = setting + " uses " + (isShown ? variable + ", which" : "a variable that")
                + " is not set; write '$$' if a dollar sign is meant";
        var kind = SettingsNotice.Kind.UNSET_VARIABLE;
        notices.add(new SettingsNotice(kind, file, line, message, isShown ? variable : null));
    }

    /** Fails with every problem of the file, by position. */
    void throwProblems() {
        if (problems.isEmpty()) {
            return;
        }
        var all = SettingsProblems.sorted(problems);
        if (all.size() > MOST_PROBLEMS) {
            var some = new ArrayList<>(all.subList(0, MOST_PROBLEMS));
            some.add(SettingsProblem.inFile(file, "has " + (all.size() - MOST_PROBLEMS) + " more problems"));
            all = some;
        }
        throw new SettingsException(all);
    }

    /** Reports only the first place that is no UTF-8: after it, what is a character and what is not is a guess. */
    private String decode(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        if (!decoder.decode(in, out, true).isError()) {
            return out.flip().toString();
        }
        var before = out.flip().toString();
        int column = before.length() - before.lastIndexOf('\n');
        int line = lineOf(before, before.length());
        problems.add(new SettingsProblem(file, line, column, "the bytes here are not UTF-8", null));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int lineOf(String text, int offset) {
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }

    private static int[] lineStarts(String text) {
        var starts = new ArrayList<Integer>();
        starts.add(0);
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts.add(i + 1);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }
}
