package dev.koda.it;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the runbooks ask the server with curl, and which metrics they look for in what comes. */
final class RunbookRequests {
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern SOUGHT = Pattern.compile("\\b(koda|jvm|system|process)_[a-z_]*[a-z]\\b");

    private RunbookRequests() {}

    /** Whole command lines to the server that the pages call 127.0.0.1:8091. */
    private static Stream<String> lines() {
        return Shipped.files(Shipped.runbooks(), ".md").stream()
                .flatMap(page -> BLOCK.matcher(Shipped.text(page)).results())
                // A pipe at the end goes on in the next line.
                .map(block -> block.group(1).replaceAll("(?m)\\s+# .*$", "").replaceAll("\\|\\s*\n", "| "))
                .flatMap(String::lines)
                .filter(line -> line.contains("http://127.0.0.1:8091/") && line.contains("curl "));
    }

    /** Up to the end of curl, which ends with 22 if the answer is an error. */
    static List<String> commands(String port) {
        return lines().map(line -> line.replaceFirst("(curl [^|]*)\\|.*", "$1"))
                .map(line -> line.replace("curl ", "curl -f -m 20 ").replace("127.0.0.1:8091", "127.0.0.1:" + port))
                .distinct()
                .toList();
    }

    /** The beginnings of the names that are looked for. */
    static List<String> metrics() {
        return lines().map(line -> line.replaceFirst("^.*?\\| *grep", "grep"))
                .filter(line -> line.startsWith("grep"))
                .flatMap(line -> SOUGHT.matcher(line).results().map(found -> Objects.requireNonNull(found.group())))
                .distinct()
                .toList();
    }
}
