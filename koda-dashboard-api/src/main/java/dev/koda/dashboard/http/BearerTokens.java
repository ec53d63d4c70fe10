package dev.koda.dashboard.http;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that open the operations API, kept as SHA-256 digests. Immutable and safe for use by several threads.
 *
 * <p>Koda gives {@code CONTROL_PLANE_API_TOKEN} as a comma list while a token is rotated: each of them is accepted. With
 * none, nothing is.
 */
public final class BearerTokens {
    private static final String SCHEME = "bearer ";

    private static final int MARK_BYTES = 8;

    private final List<byte[]> digests;

    private BearerTokens(List<byte[]> digests) {
        this.digests = digests;
    }

    /** Nobody comes in. */
    public static BearerTokens none() {
        return new BearerTokens(List.of());
    }

    /**
     * The tokens of a comma list.
     *
     * @param list the tokens; blanks around them and empty entries do not count; null for none
     */
    public static BearerTokens ofList(@Nullable String list) {
        if (list == null) {
            return none();
        }
        return new BearerTokens(Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(Sha256::of)
                .toList());
    }

    /** True if there is no token, so that every request is refused. */
    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /**
     * True if the value of an {@code Authorization} header carries one of the tokens. Takes the same time whichever
     * token it is and wherever it differs: digests are compared, all of them, with a constant-time comparison.
     */
    public boolean accepts(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        var given = Sha256.of(authorization.substring(SCHEME.length()).strip());
        boolean isKnown = false;
        for (var digest : digests) {
            isKnown |= MessageDigest.isEqual(digest, given);
        }
        return isKnown;
    }

    /**
     * True if this is one of the tokens. Takes the same time whichever it is, as {@link #accepts} does.
     *
     * @param token without a scheme before it
     */
    public boolean holds(String token) {
        return accepts(SCHEME + token);
    }

    /**
     * What tells which of the tokens somebody has shown, and is no secret: so that a session can end with its token.
     *
     * @param token one that is accepted
     */
    public static String markOf(String token) {
        return markOf(Sha256.of(token.strip()));
    }

    /** True if one of the tokens has this mark. */
    public boolean hasMark(String mark) {
        return digests.stream().map(BearerTokens::markOf).anyMatch(mark::equals);
    }

    private static String markOf(byte[] digest) {
        return HexFormat.of().formatHex(Sha256.of(HexFormat.of().formatHex(digest)), 0, MARK_BYTES);
    }

    /** The number of tokens, never a token. */
    @Override
    public String toString() {
        return digests.size() + " tokens";
    }
}
