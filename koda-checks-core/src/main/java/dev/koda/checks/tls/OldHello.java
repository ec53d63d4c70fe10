package dev.koda.checks.tls;

import io.netty.util.NetUtil;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A greeting that offers TLS 1.1 and nothing newer (RFC 4346, 7.4.1.2), and the beginning of what comes back. Put together
 * by hand, because a JDK offers no such version, and what it offers is one setting for the whole process. Nothing is
 * agreed on: whoever answers with a version would go on in it, and is hung up on.
 */
final class OldHello {
    /** Key exchanges of every kind, AES before 3DES and RC4; the last stands for RFC 5746, which some servers insist on. */
    private static final int[] SUITES = {
        0xC00A, 0xC009, 0xC014, 0xC013, 0x0039, 0x0033, 0x0038, 0x0032, 0x0035, 0x002F, 0xC008, 0xC012, 0x0016, 0x000A,
        0x0005, 0x0004, 0x00FF
    };

    /** P-256, P-384, P-521 and X25519. */
    private static final int[] CURVES = {23, 24, 25, 29};

    private static final int TLS_1_1 = 0x0302;
    private static final Map<Integer, String> VERSIONS = Map.of(0x0300, "SSL 3", 0x0301, "TLS 1.0", TLS_1_1, "TLS 1.1");
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    /** The record's head, the message's, and the version. */
    private static final int ENOUGH = 5 + 4 + 2;

    private OldHello() {}

    /** The greeting for the server of that name; an address is none, and is left out. */
    static Buffer to(String name) {
        var body = Buffer.buffer().appendUnsignedShort(TLS_1_1).appendBytes(random());
        body.appendUnsignedByte((short) 0);
        body.appendBuffer(sized(shorts(SUITES)));
        body.appendBytes(new byte[] {1, 0});
        body.appendBuffer(sized(extensions(name)));
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

    /** The version that the server goes on in; empty if it refuses to, or says something else. */
    static Optional<String> version(Buffer answer) {
        boolean isGreeting =
                answer.length() >= ENOUGH && answer.getByte(0) == HANDSHAKE && answer.getByte(5) == SERVER_HELLO;
        return isGreeting ? Optional.ofNullable(VERSIONS.get(answer.getUnsignedShort(9))) : Optional.empty();
    }
}
