package dev.koda.checks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes secrets out of text: first the known values in every form they travel in, then what looks like a secret whoever
 * it belongs to. Thread-safe.
 */
public final class Redactor {
    /** What stands in place of a secret. */
    public static final String MASK = "[REDACTED]";

    /** Shorter values would mask ordinary words. */
    private static final int SHORTEST = 4;

    private final Supplier<Set<String>> secrets;
    private volatile Known known = Known.of(Set.of());

    /**
     * @param forms all that the values travel in, the longest first
     * @param scan tells whether a text is worth a closer look: most are not
     */
    private record Known(Set<String> values, List<String> forms, WordScan scan) {
        /** Of a form only the beginning is scanned for: that is rare enough, and keeps the scan small. */
        private static final int BEGINNING = 6;

        static Known of(Set<String> values) {
            var forms = formsOf(values);
            var words = new ArrayList<>(SecretShapes.WORDS);
            for (var form : forms) {
                words.add(new WordScan.Word(form.substring(0, Math.min(BEGINNING, form.length())), FORM));
            }
            return new Known(
                    Set.copyOf(values), forms, new WordScan(words, SecretShapes.NAMED, SecretShapes::isAssigned));
        }
    }

    private static final long FORM = SecretShapes.NEXT_BIT;

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
        var now = known();
        long words = now.scan.in(text);
        if (words == 0) {
            return text;
        }
        var clean = text;
        if ((words & FORM) != 0) {
            for (var form : now.forms) {
                clean = clean.contains(form) ? clean.replace(form, MASK) : clean;
            }
        }
        // What a mask has replaced leaves no word behind that was not there before.
        return SecretShapes.redact(clean, words);
    }

    private Known known() {
        var values = secrets.get();
        var last = known;
        if (last.values != values && !last.values.equals(values)) {
            last = Known.of(values);
            known = last;
        }
        return last;
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
        var percent = percentEncoded(bytes, HexFormat.of().withUpperCase());
        var lowerPercent = percentEncoded(bytes, HexFormat.of());
        for (var form : List.of(percent, lowerPercent)) {
            forms.add(form);
            forms.add(form.replace("%20", "+"));
        }
        var json = value.replace("\\", "\\\\").replace("\"", "\\\"");
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        forms.add(new StringBuilder(value).reverse().toString());
    }

    private static String percentEncoded(byte[] bytes, HexFormat digits) {
        var text = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            boolean isPlain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (isPlain) {
                text.append(c);
            } else {
                text.append('%').append(digits.toHexDigits(b));
            }
        }
        return text.toString();
    }
}
