package dev.koda.checks.secrets;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How hard a secret is to guess, estimated from its text alone: characters that add nothing (repetitions, sequences,
 * well-known words) are left out, each other one counts as the smaller of two measures, the alphabet that is seen and
 * Shannon's entropy of the characters.
 *
 * @param bits the estimate, rounded down
 * @param distinct how many different characters there are
 * @param length in characters
 */
record Strength(int bits, int distinct, int length) {
    /** RFC 7518 section 3.2 asks for a key as long as the hash: 256 bits for HS256, which Koda signs with. */
    static final int SHORTEST_KEY_BYTES = 32;
    /** What no attacker can try: the usual security level of today. */
    static final int STRONG_BITS = 128;
    /** OWASP's least for a session identifier. */
    static final int LEAST_BITS = 64;

    static final String HOW_TO_MAKE = "make one with: koda secrets generate";

    private static final int LEAST_LENGTH = 16;
    /** Django's least for its secret key. */
    private static final int LEAST_DISTINCT = 5;
    /** A word is a choice among few thousands: worth about two random characters. */
    private static final int WORTH_OF_WORD = 2;

    private static final List<String> WORDS = List.of(
            "password",
            "secret",
            "postgres",
            "database",
            "session",
            "operator",
            "welcome",
            "letmein",
            "monkey",
            "dragon",
            "qwerty",
            "asdfgh",
            "admin",
            "token",
            "login",
            "master",
            "server",
            "local",
            "koda",
            "test");

    static Strength of(String secret) {
        double each = Math.min(Math.log(alphabet(secret)) / Math.log(2), entropy(secret));
        int bits = (int) Math.floor(Math.max(0, effectiveLength(secret) * each));
        return new Strength(bits, (int) secret.chars().distinct().count(), secret.length());
    }

    /** Why it is too weak for anything; empty if it is not. */
    Optional<String> weakness() {
        if (length < LEAST_LENGTH) {
            return Optional.of("is shorter than " + LEAST_LENGTH + " characters");
        }
        if (distinct < LEAST_DISTINCT) {
            return Optional.of("has fewer than " + LEAST_DISTINCT + " different characters");
        }
        return bits < LEAST_BITS
                ? Optional.of("is worth about " + bits + " bits, at least " + LEAST_BITS + " are expected")
                : Optional.empty();
    }

    /** Why it is too short for a key; empty if it is not. */
    static Optional<String> shortness(String key) {
        return key.getBytes(StandardCharsets.UTF_8).length < SHORTEST_KEY_BYTES
                ? Optional.of("is shorter than " + SHORTEST_KEY_BYTES + " bytes")
                : Optional.empty();
    }

    private static int alphabet(String secret) {
        int size = 0;
        size += secret.chars().anyMatch(c -> c >= 'a' && c <= 'z') ? 26 : 0;
        size += secret.chars().anyMatch(c -> c >= 'A' && c <= 'Z') ? 26 : 0;
        size += secret.chars().anyMatch(c -> c >= '0' && c <= '9') ? 10 : 0;
        size += secret.chars().anyMatch(c -> c < 128 && !Character.isLetterOrDigit(c)) ? 32 : 0;
        size += secret.chars().anyMatch(c -> c >= 128) ? 100 : 0;
        return Math.max(1, size);
    }

    /** Shannon's entropy in bits for each character. */
    private static double entropy(String secret) {
        var counts = new HashMap<Integer, Integer>();
        secret.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / secret.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    /** The length without what adds nothing. */
    private static int effectiveLength(String secret) {
        var unit = secret.substring(0, period(secret));
        int words = 0;
        var rest = unit.toLowerCase(Locale.ROOT);
        for (var word : WORDS) {
            int before = rest.length();
            rest = rest.replace(word, "");
            words += (before - rest.length()) / word.length();
        }
        return words * WORTH_OF_WORD + withoutSequences(rest);
    }

    /** The length of the shortest text whose repetition this is: its own if it holds none twice. */
    private static int period(String text) {
        var borders = new int[text.length()];
        for (int i = 1, matched = 0; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != text.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == text.charAt(matched)) {
                matched++;
            }
            borders[i] = matched;
        }
        int period = text.isEmpty() ? 0 : text.length() - borders[text.length() - 1];
        return 2 * period <= text.length() ? period : text.length();
    }

    /** In {@code aaaa}, {@code abcd} and {@code 4321} only the first two characters count. */
    private static int withoutSequences(String text) {
        int counted = Math.min(2, text.length());
        for (int i = 2; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            boolean goesOn = step == text.charAt(i - 1) - text.charAt(i - 2) && Math.abs(step) <= 1;
            counted += goesOn ? 0 : 1;
        }
        return counted;
    }
}
