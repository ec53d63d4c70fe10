package dev.koda.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A program in the README: the Java block after the comment {@code <!-- example: name -->}.
 *
 * @param name in that comment
 * @param source the whole file
 */
record ReadmeExample(String name, String source) {
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?class (\\w+)");
    private static final Pattern NO_CODE = Pattern.compile("\\s*|package .*|import .*");

    static ReadmeExample of(Path readme, String name) throws IOException {
        var block = Pattern.compile("(?s)<!-- example: " + name + " -->\\s+```java\\n(.*?)```");
        var found = block.matcher(Files.readString(readme));
        if (!found.find()) {
            throw new IOException(readme + " has no example " + name);
        }
        return new ReadmeExample(name, found.group(1));
    }

    /** The name of its file. */
    String fileName() {
        var found = CLASS.matcher(source);
        if (!found.find()) {
            throw new IllegalStateException("example " + name + " has no class");
        }
        return found.group(1) + ".java";
    }

    /** Lines that are neither blank nor an import. */
    long codeLines() {
        return source.lines().filter(line -> !NO_CODE.matcher(line).matches()).count();
    }
}
