package dev.koda.dashboard.page;

import dev.koda.dashboard.http.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the document loads: our modules and style sheets, beside this class and named in {@code files.txt}, and the
 * libraries from their WebJars. Their addresses hold one digest of them all, so that they may be kept forever, modules may
 * import each other by relative names, and no browser mixes two builds.
 */
final class PageFiles {
    private static final String LIST = "files.txt";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final int DIGEST_BYTES = 8;

    /** Where a bare import of a library leads. The versions are those of the WebJars that the build brings. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lit", "lit/index.js",
            "lit/", "lit/",
            "lit-html", "lit-html/lit-html.js",
            "lit-html/", "lit-html/",
            "lit-element/", "lit-element/",
            "@lit/reactive-element", "lit__reactive-element/reactive-element.js");

    private static final List<String> LIT = List.of(
            "lit/index.js",
            "lit/directives/guard.js",
            "lit/directives/repeat.js",
            "lit-html/directive-helpers.js",
            "lit-html/directive.js",
            "lit-html/directives/guard.js",
            "lit-html/directives/repeat.js",
            "lit-html/is-server.js",
            "lit-html/lit-html.js",
            "lit-element/lit-element.js",
            "lit__reactive-element/css-tag.js",
            "lit__reactive-element/reactive-element.js");

    private final Map<String, PageFile> files = new TreeMap<>();
    private final String digest;

    private PageFiles() {
        var digests = Sha256.begin();
        names().forEach(name -> add(name, bytes(name), digests));
        for (var name : LIT) {
            add(name, library(name), digests);
        }
        digest = HexFormat.of().formatHex(digests.digest(), 0, DIGEST_BYTES);
    }

    /** Those of this build; reads and compresses them, some hundred kilobytes. */
    static PageFiles ofThisBuild() {
        return new PageFiles();
    }

    /** The names of our own, in the order of their list. */
    static Stream<String> names() {
        return read(LIST).lines();
    }

    /** The directory of all, as it stands in addresses: what is below it never changes. */
    String digest() {
        return digest;
    }

    /** Null if there is none of this name. */
    @Nullable
    PageFile file(String name) {
        return files.get(name);
    }

    /** By their names, in their order. */
    Map<String, PageFile> all() {
        return Collections.unmodifiableMap(files);
    }

    /** What a bare name in an import stands for, by paths below the directory. */
    static Map<String, String> libraries() {
        return new TreeMap<>(LIBRARIES);
    }

    /** The text of a file of ours that is not sent as it is. */
    static String read(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private void add(String name, byte[] bytes, MessageDigest digests) {
        files.put(name, PageFile.of(name, bytes));
        digests.update(name.getBytes(StandardCharsets.UTF_8));
        digests.update(bytes);
    }

    private static byte[] library(String name) {
        int slash = name.indexOf('/');
        var artifact = name.substring(0, slash);
        return bytes(WEBJARS + artifact + '/' + WebJars.versionOf(artifact) + name.substring(slash));
    }

    private static byte[] bytes(String name) {
        try (var file = PageFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " of the operations page is not on the class path");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " of the operations page cannot be read", e);
        }
    }
}
