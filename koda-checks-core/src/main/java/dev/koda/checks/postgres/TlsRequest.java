package dev.koda.checks.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** The first question of Postgres's protocol: will you speak TLS? Anyone may ask it, nobody logs in. */
final class TlsRequest {
    enum Answer {
        YES,
        NO,
        /** Another protocol, or more bytes than the one that is due: nobody may slip any in before the handshake. */
        OTHER
    }

    /** Length 8, then the code of SSLRequest, by Postgres's message formats. */
    private static final Buffer REQUEST = Buffer.buffer().appendInt(8).appendInt(80877103);

    private TlsRequest() {}

    /** The answer; fails with {@link BrokenRung} if the connection ends first. */
    static Future<Answer> send(NetSocket socket, PostgresOptions options) {
        Promise<Answer> answer = Promise.promise();
        var broken = reset(options);
        socket.handler(bytes -> answer.tryComplete(read(bytes)))
                .exceptionHandler(failure -> answer.tryFail(broken))
                .closeHandler(ignored -> answer.tryFail(broken));
        socket.write(REQUEST);
        return answer.future();
    }

    static BrokenRung reset(PostgresOptions options) {
        return BrokenRung.of(
                "connection_reset",
                options.server() + " ended the connection in the middle of its answer",
                "see the log of the server, and of any proxy or pooler before it");
    }

    private static Answer read(Buffer bytes) {
        if (bytes.length() != 1) {
            return Answer.OTHER;
        }
        return switch (bytes.getByte(0)) {
            case 'S' -> Answer.YES;
            case 'N' -> Answer.NO;
            default -> Answer.OTHER;
        };
    }
}
