package dev.koda.dashboard.page;

import dev.koda.dashboard.http.EntityTag;
import dev.koda.dashboard.http.Sha256;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one HTML document, with the addresses of this build in it, and the policy that it is sent with: scripts and styles
 * of ours only, and one inline script, the import map, by its digest. Markup is made by lit-html alone.
 */
final class Document {
    /** An import of a module of ours that comes before anything runs. */
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:.+ from )?'\\./([^']+)';$");

    private final PageFile file;
    private final String policy;
    private final EntityTag tag;

    private Document(String html, String imports) {
        var bytes = html.getBytes(StandardCharsets.UTF_8);
        file = PageFile.of("index.html", bytes);
        tag = EntityTag.of(bytes);
        policy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(imports)) + "'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types lit-html");
    }

    static Document of(PageFiles files, PageLinks links) {
        var base = Page.ASSETS + files.digest() + '/';
        var imports = imports(base);
        var html = PageFiles.read("index.html")
                .replace("{imports}", imports)
                .replace("{styles}", styles(base))
                .replace("{preloads}", preloads(files, base))
                .replace("{grafana}", escape(links.grafana()))
                .replace("{base}", base);
        return new Document(html, imports);
    }

    PageFile file() {
        return file;
    }

    /** The value of Content-Security-Policy. */
    String policy() {
        return policy;
    }

    EntityTag tag() {
        return tag;
    }

    private static String imports(String base) {
        var map = new JsonObject();
        PageFiles.libraries().forEach((name, path) -> map.put(name, base + path));
        return new JsonObject().put("imports", map).encode();
    }

    /** In the order of their list, because what comes later wins. */
    private static String styles(String base) {
        return PageFiles.names()
                .filter(name -> name.endsWith(".css"))
                .map(name -> "<link rel=\"stylesheet\" href=\"" + base + name + "\">")
                .collect(Collectors.joining("\n"));
    }

    /** What the first view needs is asked for at once, and not as one import leads to the next; the other views come later. */
    private static String preloads(PageFiles files, String base) {
        var first = new TreeSet<>(files.all().keySet());
        first.removeAll(PageFiles.names().toList());
        Stream.of("app.js", "overview.js").forEach(name -> addImports(name, first));
        return first.stream()
                .map(name -> "<link rel=\"modulepreload\" href=\"" + base + name + "\">")
                .collect(Collectors.joining("\n"));
    }

    private static void addImports(String name, Set<String> all) {
        if (all.add(name)) {
            IMPORT.matcher(PageFiles.read(name)).results().forEach(found -> addImports(found.group(1), all));
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
