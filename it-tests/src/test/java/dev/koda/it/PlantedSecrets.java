package dev.koda.it;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Secrets that nobody else has, and a search for them in every form they could travel in: as they are, in pieces, in
 * capitals, percent-encoded, as JSON, base64 at any offset (as in a Basic header), hex and backwards.
 */
final class PlantedSecrets {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PIECE = 12;
    private static final int CONTEXT = 80;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Map<String, String>> formsByName = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** A new one with what needs care in a shell, a URL, JSON and YAML. */
    String plant(String name) {
        return plant(name, "\"\\%+/=&#<\u00e9");
    }

    /** A new one of characters that an HTTP header may hold. */
    String plantToken(String name) {
        return plant(name, "+/=._~-");
    }

    /** A new one that begins as the placeholders do that nobody should keep. */
    String plantPlaceholder(String name) {
        return remember(name, "replace-with-" + piece());
    }

    private String plant(String name, String special) {
        return remember(name, piece() + special + piece());
    }

    /** One that somebody else has made; of letters and digits, and not the same at both ends as others. */
    String remember(String name, String value) {
        values.put(name, value);
        formsByName.put(name, formsOf(value));
        return value;
    }

    String get(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    int count() {
        return values.size();
    }

    /** Every place where one of them is, with its name and form; empty if there is none. */
    List<String> hitsIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var hits = new ArrayList<String>();
        formsByName.forEach((name, forms) -> forms.forEach((form, sought) -> {
            boolean anyCase = form.startsWith("piece");
            int at = anyCase ? lower.indexOf(sought.toLowerCase(Locale.ROOT)) : text.indexOf(sought);
            if (at >= 0) {
                hits.add(name + " (" + form + ") after: " + text.substring(Math.max(0, at - CONTEXT), at));
            }
        }));
        return hits;
    }

    /** All forms of one of them, for the test of the search itself. */
    List<String> formsOfNamed(String name) {
        return List.copyOf(Objects.requireNonNull(formsByName.get(name), name).values());
    }

    private String piece() {
        var text = new StringBuilder();
        for (int i = 0; i < PIECE; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static Map<String, String> formsOf(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var forms = new LinkedHashMap<String, String>();
        forms.put("as it is", value);
        forms.put("piece at the end", value.substring(value.length() - PIECE));
        if (!value.startsWith("replace-with-")) {
            forms.put("piece at the beginning", value.substring(0, PIECE));
        }
        forms.put("percent-encoded", percentEncoded(value));
        forms.put("JSON", value.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        forms.put("backwards", new StringBuilder(value).reverse().toString());
        for (int offset = 0; offset < 3; offset++) {
            forms.put("base64 at offset " + offset, base64At(offset, bytes, Base64.getEncoder()));
            forms.put("base64url at offset " + offset, base64At(offset, bytes, Base64.getUrlEncoder()));
        }
        return forms;
    }

    static String percentEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What does not depend on what stands before and after. */
    private static String base64At(int offset, byte[] bytes, Base64.Encoder encoder) {
        var shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        var text = encoder.withoutPadding().encodeToString(shifted);
        int begin = offset == 0 ? 0 : offset + 1;
        return text.substring(begin, shifted.length / 3 * 4);
    }
}
