package dev.koda.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The runbooks of alerts, docs/runbooks, which the jar carries. Immutable. */
final class Runbooks {
    private static final String LIST = "runbooks.txt";
    private static final Pattern MEANING = Pattern.compile("## Meaning\\s+(.+?)(?:\\n\\n|$)", Pattern.DOTALL);

    private final Map<String, String> texts;
    private final String list;

    private Runbooks(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
        list = list(texts);
    }

    /** Those of this version. */
    static Runbooks bundled() {
        var texts = new TreeMap<String, String>();
        read(LIST).lines().forEach(name -> texts.put(name, read("/docs/runbooks/" + name + ".md")));
        return new Runbooks(texts);
    }

    private static String read(String resource) {
        try (var in = Runbooks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** The runbook of an alert, in Markdown; the name may end as that of its file. */
    Optional<String> of(String name) {
        return Optional.ofNullable(texts.get(name.endsWith(".md") ? name.substring(0, name.length() - 3) : name));
    }

    /** All of them as an HTML document of links, with what each alert means. */
    String list() {
        return list;
    }

    private static String list(Map<String, String> texts) {
        var html = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Runbooks</title>
                <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
                <body><main><h1>Runbooks</h1><dl>
                """);
        texts.forEach((name, text) -> html.append("<dt><a href=\"/docs/runbooks/")
                .append(name)
                .append("\">")
                .append(name)
                .append("</a></dt><dd>")
                .append(escaped(meaning(text)))
                .append("</dd>\n"));
        return html.append("</dl></main></body></html>\n").toString();
    }

    private static String meaning(String text) {
        var found = MEANING.matcher(text);
        return found.find() ? found.group(1).replaceAll("\\s+", " ").replace("`", "") : "";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
