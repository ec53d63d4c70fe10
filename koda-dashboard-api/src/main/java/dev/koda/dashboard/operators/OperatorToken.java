package dev.koda.dashboard.operators;

import dev.koda.dashboard.http.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** What an operator shows: 256 random bits behind a word by which a leaked one is recognised. */
final class OperatorToken {
    static final String PREFIX = "koda_op_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OperatorToken() {}

    static String make() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** All that is kept of one. It needs no salt and no stretching, since nobody can guess 256 bits. */
    static byte[] digest(String token) {
        return Sha256.of(token);
    }
}
