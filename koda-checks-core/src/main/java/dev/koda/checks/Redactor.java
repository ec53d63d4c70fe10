package dev.koda.checks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text: first the known values in every form they travel in, then what looks like a secret whoever
 * it belongs to. Thread-safe.
 */
public final class Redactor {
    /** What stands in place of a secret. */
    public static final String MASK = "[REDACTED]";

    /** Shorter values would mask ordinary words. */
    private static final int SHORTEST = 4;

    private record Shape(Pattern pattern, String replacement) {}

    /** What may stand before the telling part is bounded: else a long text without blanks takes quadratic time. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(
                    Pattern.compile(
                            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)",
                            Pattern.DOTALL),
                    MASK),
            new Shape(Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{0,30}://[^\\s/:@?#]*):[^\\s@]+@"), "$1:" + MASK + "@"),
            new Shape(Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}"), "$1 " + MASK),
            new Shape(Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"), MASK),
            new Shape(Pattern.compile("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"), MASK),
            new Shape(
                    Pattern.compile(
                            "(?i)\\b([a-z0-9_-]{0,60}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key))([ \\t]*[=:][ \\t]*)(?!\\[REDACTED])[^\\s,;&\"']+"),
                    "$1$2" + MASK));

    private final Supplier<Set<String>> secrets;
    private volatile Known known = new Known(Set.of(), List.of());

    private record Known(Set<String> values, List<String> forms) {}

    private Redactor(Supplier<Set<String>> secrets) {
        this.secrets = Objects.requireNonNull(secrets, "secrets");
    }

    /** Takes out what the supplier gives at the moment of each call; it must be cheap and must not block. */
    public static Redactor of(Supplier<Set<String>> secrets) {
        return new Redactor(secrets);
    }

    /** Takes out only what looks like a secret. */
    public static Redactor byShape() {
        return new Redactor(Set::of);
    }

    /** The text with {@value #MASK} in place of every secret; the same object if there is none. */
    public String redact(String text) {
        var clean = text;
        for (var form : forms()) {
            if (clean.contains(form)) {
                clean = clean.replace(form, MASK);
            }
        }
        for (var shape : SHAPES) {
            var matcher = shape.pattern.matcher(clean);
            if (matcher.find()) {
                clean = matcher.replaceAll(shape.replacement);
            }
        }
        return clean;
    }

    private List<String> forms() {
        var values = secrets.get();
        var last = known;
        if (last.values != values && !last.values.equals(values)) {
            last = new Known(Set.copyOf(values), formsOf(values));
            known = last;
        }
        return last.forms;
    }

    private static List<String> formsOf(Set<String> values) {
        var forms = new LinkedHashSet<String>();
        for (var value : values) {
            if (value.length() >= SHORTEST) {
                addForms(value, forms);
            }
        }
        return forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static void addForms(String value, Set<String> forms) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(value);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        var percent = percentEncoded(bytes);
        forms.add(percent);
        forms.add(percent.replace("%20", "+"));
        forms.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.add(new StringBuilder(value).reverse().toString());
    }

    private static String percentEncoded(byte[] bytes) {
        var text = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            boolean isPlain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (isPlain) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
