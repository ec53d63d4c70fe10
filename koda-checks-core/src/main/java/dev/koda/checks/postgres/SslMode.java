package dev.koda.checks.postgres;

import java.util.Locale;

/** How much a connection asks of TLS, in libpq's words and with libpq's meaning. */
public enum SslMode {
    /** Never encrypted. */
    DISABLE,
    /** Encrypted where the server offers it, whoever the server is; libpq's default. */
    PREFER,
    /** Encrypted, whoever the server is; with a root certificate the same as {@link #VERIFY_CA}, as in libpq. */
    REQUIRE,
    /** Encrypted, and the server's certificate is in date and leads to a trusted root. */
    VERIFY_CA,
    /** Encrypted, and the certificate is also made out to the host that was asked for. */
    VERIFY_FULL;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The value of libpq's {@code sslmode}, such as {@code verify-full}. */
    public String word() {
        return word;
    }

    /**
     * The mode of a connection string. {@code allow} is read as {@link #PREFER}: neither demands encryption.
     *
     * @throws IllegalArgumentException if it is none of libpq's words
     */
    public static SslMode of(String word) {
        for (var mode : values()) {
            if (mode.word.equals(word)) {
                return mode;
            }
        }
        if (word.equals("allow")) {
            return PREFER;
        }
        throw new IllegalArgumentException(
                "sslmode must be disable, allow, prefer, require, verify-ca or verify-full, " + "not '" + word + "'");
    }

    boolean demandsTls() {
        return compareTo(REQUIRE) >= 0;
    }
}
