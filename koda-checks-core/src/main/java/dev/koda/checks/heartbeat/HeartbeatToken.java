package dev.koda.checks.heartbeat;

import dev.koda.checks.CheckId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a job shows to send one heartbeat, and nothing else: derived from a secret of the server, so that no server keeps
 * it, each of several knows it, and another secret makes all of them void.
 */
public final class HeartbeatToken {
    /** By which a leaked one is recognised. */
    private static final String PREFIX = "koda_hb_";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "koda-heartbeat-v1\0";

    private HeartbeatToken() {}

    /** That of a heartbeat: 256 bits behind a prefix. */
    public static String of(String secret, CheckId id) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var bits = mac.doFinal((PURPOSE + id).getBytes(StandardCharsets.UTF_8));
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
