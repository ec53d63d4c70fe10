package dev.koda.checks.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Reads the small text files in which the kernel tells what it counts. */
final class KernelFile {
    private KernelFile() {}

    /** Its lines; none if there is no such file. */
    static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    /** The number behind a word at the beginning of a line, as in {@code MemTotal: 24684084 kB}. */
    static OptionalLong number(List<String> lines, String word) {
        return lines.stream()
                .map(line -> line.split("[:\\s]+"))
                .filter(parts -> parts.length > 1 && parts[0].equals(word))
                .map(parts -> parts[1])
                .filter(KernelFile::isNumber)
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** The number that a file consists of; empty for {@code max} and without a file. */
    static OptionalLong only(Path file) throws IOException {
        return lines(file).stream()
                .map(String::strip)
                .filter(KernelFile::isNumber)
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    static boolean isNumber(String text) {
        return text.matches("\\d{1,18}");
    }
}
