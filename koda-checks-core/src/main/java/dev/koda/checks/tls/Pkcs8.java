package dev.koda.checks.tls;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/** Wraps the older forms of private keys into the one that a JDK reads: PKCS#8 (RFC 5208, 5). */
final class Pkcs8 {
    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] CURVE = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int PARAMETERS = 0xA0;
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;

    private Pkcs8() {}

    /** A key as PKCS#1 has it: {@code BEGIN RSA PRIVATE KEY}. */
    static byte[] ofRsa(byte[] key) {
        return wrapped(RSA, key);
    }

    /**
     * A key as SEC 1 has it: {@code BEGIN EC PRIVATE KEY}. On which curve may stand in it (RFC 5915, 3).
     *
     * @param open of the same kind; says the curve otherwise
     */
    static byte[] ofCurve(byte[] key, PublicKey open) throws InvalidKeyException {
        try {
            int secret = content(key, 0) + VERSION.length;
            int next = content(key, secret) + length(key, secret);
            boolean isNamed = next < key.length && (key[next] & 0xff) == PARAMETERS;
            return wrapped(
                    isNamed
                            ? element(SEQUENCE, CURVE, copy(key, content(key, next), length(key, next)))
                            : algorithm(open.getEncoded()),
                    key);
        } catch (IndexOutOfBoundsException | IllegalArgumentException damaged) {
            throw new InvalidKeyException("no key of a curve", damaged);
        }
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION, algorithm, element(OCTETS, key));
    }

    /** The first of the two elements in an encoded public key. */
    private static byte[] algorithm(byte[] encoded) {
        int at = content(encoded, 0);
        return copy(encoded, at, content(encoded, at) - at + length(encoded, at));
    }

    /** Where the content of the element begins that begins there. */
    private static int content(byte[] bytes, int at) {
        return bytes[at + 1] >= 0 ? at + 2 : at + 2 + (bytes[at + 1] & 0x7f);
    }

    private static int length(byte[] bytes, int at) {
        int length = 0;
        for (int i = content(bytes, at) - 1; i > at + 1; i--) {
            length |= (bytes[i] & 0xff) << (8 * (content(bytes, at) - 1 - i));
        }
        return bytes[at + 1] >= 0 ? bytes[at + 1] : length;
    }

    private static byte[] copy(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, Math.addExact(from, length));
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        // The shortest form is the only one that readers take.
        if (length >= 256) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length >= 128) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
