package dev.koda.server.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets in Koda's own lengths: 32 random bytes for tokens, 24 for passwords, 20 letters and digits for a key id. */
final class Generated {
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int TOKEN_BYTES = 32;
    private static final int PASSWORD_BYTES = 24;
    private static final int KEY_ID_CHARACTERS = 20;

    private final SecureRandom random = new SecureRandom();

    String token() {
        return base64(TOKEN_BYTES);
    }

    String password() {
        return base64(PASSWORD_BYTES);
    }

    String keyId() {
        var id = new StringBuilder();
        for (int i = 0; i < KEY_ID_CHARACTERS; i++) {
            id.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return id.toString();
    }

    /** Only letters, digits, {@code -} and {@code _}: stands for itself in a URL, a shell and a {@code .env}. */
    private String base64(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
