package dev.koda.cli.proposal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole koda.yaml for somebody who has none. */
public final class StackFileText {
    private static final List<String> SETTINGS = List.of(
            "# Settings. Flags, the process environment and the .env file win over them; ${NAME} stands for a variable.",
            "# settings:",
            "#   KODA_ENV: production",
            "#   KNOWLEDGE_V2_POSTGRES_DSN: ${DATABASE_URL}",
            "",
            "# Limits of built-in checks; koda checks explain disk.space says what they mean.",
            "# thresholds:",
            "#   disk.space: {warn: 20, fail: 10}",
            "");
    private static final List<String> SUPPRESS = List.of(
            "",
            "# What is not to be asked for a while; after the last day it is asked again.",
            "# suppress:",
            "#   - {check: disk.inodes, reason: a bigger volume comes in January, until: 2027-01-31}");

    private StackFileText() {}

    /**
     * The text; with comments that explain it.
     *
     * @param schema the file with the JSON Schema for editors, or null
     * @param service the name for reports, or null
     * @param source the compose file, as people name it, or null
     */
    public static String of(
            @Nullable String schema, @Nullable String service, @Nullable String source, ComposeProposals proposals) {
        var text = new StringBuilder();
        if (schema != null) {
            line(text, "# yaml-language-server: $schema=" + YamlWords.comment(schema));
        }
        line(text, "# What koda checks here beside its built-in checks. docs/koda-yaml.md describes every key;");
        line(text, "# koda config validate says what is wrong with this file, koda checks add appends to it.");
        line(text, "version: 1");
        if (service != null) {
            line(text, "service: {name: " + YamlWords.of(YamlWords.literal(service)) + "}");
        }
        line(text, "");
        SETTINGS.forEach(line -> line(text, line));
        checks(text, source, proposals);
        SUPPRESS.forEach(line -> line(text, line));
        return text.toString();
    }

    private static void checks(StringBuilder text, @Nullable String source, ComposeProposals proposals) {
        line(
                text,
                source == null
                        ? "# Checks of your own, such as {id: shop.web, http: {url: \"http://127.0.0.1:8080/\"}}."
                        : "# Checks of your own. These come from " + YamlWords.comment(source)
                                + "; say more exactly what you expect.");
        var checks = proposals.checks();
        line(text, checks.isEmpty() ? "checks: []" : "checks:");
        for (int i = 0; i < checks.size(); i++) {
            if (i > 0) {
                line(text, "");
            }
            checks.get(i).lines().forEach(line -> line(text, "  " + line));
        }
        var without = proposals.without();
        if (!without.isEmpty()) {
            line(text, "");
            line(text, "# Nothing is proposed for");
            without.forEach((what, why) -> line(text, "#   " + what + ": " + YamlWords.comment(why)));
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
