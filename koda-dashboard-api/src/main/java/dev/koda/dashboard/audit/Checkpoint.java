package dev.koda.dashboard.audit;

import java.security.PublicKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The end of the chain at a moment, signed: whoever keeps it elsewhere can tell later whether the log up to it is still
 * the same, and still there. One line of text, words divided by blanks:
 *
 * <pre>koda-audit-checkpoint/v1 184467 2026-11-28T10:00:00Z 9f86d0..(hash) 4a1b..(key id) base64(signature)</pre>
 *
 * The signature is over the line up to and without the blank before it.
 *
 * @param seq the number of the last event that it covers
 * @param signedAt when
 * @param hash the hash of that event, as hexadecimal digits
 * @param keyId which key signed it
 * @param signature of the words before it, as base64
 */
record Checkpoint(long seq, Instant signedAt, String hash, String keyId, String signature) {
    static final String VERSION = "koda-audit-checkpoint/v1";

    static Checkpoint sign(SigningKey key, Sealing.Head head, Instant now) {
        var hash = HexFormat.of().formatHex(head.hash().getBytes());
        var unsigned = new Checkpoint(head.seq(), now, hash, key.id(), "");
        var signature = Base64.getEncoder().encodeToString(key.sign(unsigned.words()));
        return new Checkpoint(head.seq(), now, hash, key.id(), signature);
    }

    /**
     * The checkpoint that a line holds.
     *
     * @throws IllegalArgumentException if it holds none
     */
    static Checkpoint parse(String line) {
        var words = line.strip().split(" ", -1);
        try {
            if (words.length == 6 && words[0].equals(VERSION)) {
                return new Checkpoint(Long.parseLong(words[1]), Instant.parse(words[2]), words[3], words[4], words[5]);
            }
        } catch (IllegalArgumentException | DateTimeParseException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("this is no checkpoint");
    }

    boolean isSignedBy(PublicKey key) {
        try {
            return keyId.equals(SigningKey.idOf(key))
                    && SigningKey.verifies(key, words(), Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** True if this hash is the one that was signed. */
    boolean covers(byte[] other) {
        return hash.equals(HexFormat.of().formatHex(other));
    }

    String line() {
        return words() + ' ' + signature;
    }

    private String words() {
        return String.join(" ", VERSION, Long.toString(seq), signedAt.toString(), hash, keyId);
    }
}
