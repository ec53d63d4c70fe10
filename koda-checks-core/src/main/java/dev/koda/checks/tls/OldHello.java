package dev.koda.checks.tls;

import io.netty.util.NetUtil;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A greeting that offers an old version and nothing newer (RFC 4346, 7.4.1.2), and the beginning of what comes back. Put
 * together by hand, because a JDK offers no such version, and what it offers is one setting for the whole process. Nothing
 * is agreed on: whoever answers with a version would go on in it, and is hung up on.
 */
final class OldHello {
    /** What TLS 1.2 brought, AES in GCM and CBC with SHA-2, which older versions do not take (RFC 5288, 5289). */
    private static final int[] NEWER_SUITES = {
        0xC02C, 0xC02B, 0xC030, 0xC02F, 0x009F, 0x009E, 0x009D, 0x009C, 0xC024, 0xC023, 0xC028, 0xC027, 0x003D, 0x003C
    };

    /** Key exchanges of every kind, AES before 3DES and RC4; the last stands for RFC 5746, which some servers insist on. */
    private static final int[] SUITES = {
        0xC00A, 0xC009, 0xC014, 0xC013, 0x0039, 0x0033, 0x0038, 0x0032, 0x0035, 0x002F, 0xC008, 0xC012, 0x0016, 0x000A,
        0x0005, 0x0004, 0x00FF
    };

    /** P-256, P-384, P-521 and X25519. */
    private static final int[] CURVES = {23, 24, 25, 29};

    /** ECDSA, RSA-PSS and RSA with SHA-2, and SHA-1 at last: in TLS 1.2 whoever names none gets SHA-1 alone. */
    private static final int[] SIGNATURES = {
        0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201
    };

    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;
    private static final Map<Integer, String> VERSIONS = Map.of(0x0300, "SSL 3", 0x0301, "TLS 1.0", TLS_1_1, "TLS 1.1");
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    /** The record's head, the message's, and the version. */
    private static final int ENOUGH = 5 + 4 + 2;

    private OldHello() {}

    /** The greeting with TLS 1.1 for the server of that name; an address is none, and is left out. */
    static Buffer to(String name) {
        return greeting(TLS_1_1, shorts(SUITES), extensions(name));
    }

    /** The same with TLS 1.2: whoever goes on in an older version then speaks no newer one. */
    static Buffer withTls12To(String name) {
        var signatures = sized(sized(shorts(SIGNATURES)));
        return greeting(
                TLS_1_2,
                shorts(NEWER_SUITES).appendBuffer(shorts(SUITES)),
                extensions(name).appendUnsignedShort(13).appendBuffer(signatures));
    }

    private static Buffer greeting(int version, Buffer suites, Buffer extensions) {
        var body = Buffer.buffer().appendUnsignedShort(version).appendBytes(random());
        body.appendUnsignedByte((short) 0);
        body.appendBuffer(sized(suites));
        body.appendBytes(new byte[] {1, 0});
        body.appendBuffer(sized(extensions));
        var message = Buffer.buffer().appendByte((byte) 1).appendMedium(body.length());
        message.appendBuffer(body);
        var record = Buffer.buffer().appendByte((byte) HANDSHAKE).appendUnsignedShort(0x0301);
        return record.appendBuffer(sized(message));
    }

    private static byte[] random() {
        var bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private static Buffer extensions(String name) {
        var all = Buffer.buffer();
        if (!NetUtil.isValidIpV4Address(name) && !NetUtil.isValidIpV6Address(name)) {
            var entry = Buffer.buffer().appendByte((byte) 0);
            entry.appendBuffer(sized(Buffer.buffer(name.getBytes(StandardCharsets.US_ASCII))));
            all.appendUnsignedShort(0).appendBuffer(sized(sized(entry)));
        }
        all.appendUnsignedShort(10).appendBuffer(sized(sized(shorts(CURVES))));
        all.appendUnsignedShort(11).appendBuffer(sized(Buffer.buffer(new byte[] {1, 0})));
        return all;
    }

    private static Buffer shorts(int[] values) {
        var buffer = Buffer.buffer();
        for (int value : values) {
            buffer.appendUnsignedShort(value);
        }
        return buffer;
    }

    private static Buffer sized(Buffer content) {
        return Buffer.buffer().appendUnsignedShort(content.length()).appendBuffer(content);
    }

    /** True if these bytes of an answer tell all that there is to know. */
    static boolean isTold(Buffer answer) {
        return answer.length() >= ENOUGH || (answer.length() > 0 && answer.getByte(0) != HANDSHAKE);
    }

    /** The old version that the server goes on in; empty if that is none, or it refuses to, or says something else. */
    static Optional<String> version(Buffer answer) {
        boolean isGreeting =
                answer.length() >= ENOUGH && answer.getByte(0) == HANDSHAKE && answer.getByte(5) == SERVER_HELLO;
        return isGreeting ? Optional.ofNullable(VERSIONS.get(answer.getUnsignedShort(9))) : Optional.empty();
    }
}
