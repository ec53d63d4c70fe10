package dev.koda.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes requests to the operations API of which none is right, each from its own seed. */
final class BadInput {
    private static final String BASE = "/api/operations";
    private static final List<String> TAKING_JSON = List.of("/operators", "/session", "/login-links", "/annotations");
    private static final List<String> READS =
            List.of("/doctor", "/audit/events", "/audit/stream", "/audit/export", "/operators", "/session");
    private static final List<String> FIELDS = List.of("name", "role", "token", "link");

    private final Random random;
    private final String token;
    private boolean isBroken;

    BadInput(long seed, String token) {
        random = new Random(seed);
        this.token = token;
    }

    /** True if a part of it is no HTTP after its head was: no answer can be told from it, and the connection ends. */
    boolean isBroken() {
        return isBroken;
    }

    byte[] next() {
        return switch (random.nextInt(12)) {
            case 0 -> post(one(TAKING_JSON), malformed());
            case 1 -> post(one(TAKING_JSON), wrongTypes().getBytes(StandardCharsets.UTF_8));
            case 2 -> post(one(TAKING_JSON), badUtf8());
            case 3 -> post(one(TAKING_JSON), huge());
            case 4 -> chunked();
            case 5 -> bytes("DELETE", BASE + unknownId(), authorized(), new byte[0]);
            case 6 -> bytes("GET", BASE + badQuery(), authorized(), new byte[0]);
            case 7 -> bytes("GET", BASE + one(READS), wrongCredential(), new byte[0]);
            case 8 -> bytes("GET", BASE + one(READS), authorized() + flood(), new byte[0]);
            case 9 ->
                bytes(
                        one(List.of("PUT", "PATCH", "TRACE", "OPTIONS", "BREW")),
                        BASE + one(READS),
                        authorized(),
                        new byte[0]);
            case 10 ->
                bytes(
                        "POST",
                        BASE + one(TAKING_JSON),
                        authorized() + wrongType(),
                        "{}".getBytes(StandardCharsets.UTF_8));
            default -> garbage();
        };
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String authorized() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private byte[] post(String path, byte[] body) {
        return bytes("POST", BASE + path, authorized() + "Content-Type: application/json\r\n", body);
    }

    private static byte[] bytes(String method, String target, String headers, byte[] body) {
        var request = new ByteArrayOutputStream();
        var length = body.length == 0 && !method.equals("POST") ? "" : "Content-Length: " + body.length + "\r\n";
        request.writeBytes(
                (method + " " + target + " HTTP/1.1\r\nHost: koda\r\nConnection: close\r\n" + headers + length + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** A beginning of something that is JSON when it is whole, or no JSON at all. */
    private byte[] malformed() {
        var whole = "{\"name\":\"alice\",\"role\":\"viewer\",\"token\":\"" + "x".repeat(random.nextInt(40)) + "\"}";
        var text = switch (random.nextInt(5)) {
            case 0 -> whole.substring(0, random.nextInt(whole.length()));
            case 1 -> whole + one(List.of("}", "x", "{}", ","));
            case 2 -> "[".repeat(1 + random.nextInt(20_000));
            case 3 -> "{\"name\":".repeat(1 + random.nextInt(5_000));
            default -> one(List.of("null", "true", "[]", "\"text\"", "4711", "{'name':'x'}", "NaN", "{\"a\":1,}"));
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String wrongTypes() {
        var value = one(List.of(
                "7",
                "1e999999",
                "-0",
                "true",
                "[]",
                "{}",
                "[\"x\"]",
                "\"\"",
                "\" \"",
                "{\"name\":\"x\"}",
                "9".repeat(500)));
        return random.nextBoolean()
                ? "{\"" + one(FIELDS) + "\":" + value + "}"
                : "{\"name\":\"a\",\"" + "x".repeat(1 + random.nextInt(200)) + "\":" + value + "}";
    }

    private byte[] badUtf8() {
        var body = "{\"name\":\"????\",\"role\":\"viewer\",\"token\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        var bad =
                new byte[][] {{(byte) 0xff}, {(byte) 0xc3, 0x28}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xf8}
                };
        var chosen = bad[random.nextInt(bad.length)];
        System.arraycopy(chosen, 0, body, 9, chosen.length);
        return body;
    }

    private byte[] huge() {
        return ("{\"name\":\"" + "x".repeat(66_000 + random.nextInt(200_000)) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] chunked() {
        var chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        isBroken = random.nextInt(4) == 0;
        return ("POST " + BASE + one(TAKING_JSON) + " HTTP/1.1\r\nHost: koda\r\nContent-Type: application/json\r\n"
                        + authorized() + "Transfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(5 + random.nextInt(8)) + (isBroken ? "zz\r\n" : "0\r\n\r\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private String unknownId() {
        return one(List.of(
                "/operators/" + UUID.randomUUID(),
                "/operators/%ff%fe",
                "/operators/" + "n".repeat(1 + random.nextInt(900)),
                "/operators/..%2f..%2fetc",
                "/operators/%00",
                "/sessions/" + random.nextLong(),
                "/integrations/" + UUID.randomUUID() + "/verify",
                "/heartbeats/" + UUID.randomUUID(),
                "/sessions/%c3%28",
                "/integrations/%00/history",
                "/integrations/" + random.nextInt() + "/verifications",
                "/integrations/%ff%fe/history",
                "/nothing/" + random.nextInt(),
                "/" + "x/".repeat(1 + random.nextInt(400))));
    }

    private String badQuery() {
        var bytes = new byte[1 + random.nextInt(60)];
        random.nextBytes(bytes);
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return one(List.of(
                "/audit/events?cursor=" + forged,
                "/audit/events?cursor=" + "A".repeat(2_000),
                "/audit/events?cursor=%ff",
                "/audit/events?limit=" + one(List.of("0", "-1", "x", "99999999999999999999", "1.5")),
                "/audit/events?unknown=" + random.nextInt(),
                "/audit/events?severity=loud",
                "/audit/events?cursor=%00",
                "/audit/events?from=yesterday",
                "/audit/events?type=%zz",
                "/audit/stream?tail=" + one(List.of("-1", "x", "100000")),
                "/audit/stream?last_event_id=" + forged + "!",
                "/audit/export?unknown=1",
                "/audit/storms?unknown=1",
                "/audit/storms?cursor=" + forged,
                "/summary?range=forever",
                "/integrations?cursor=" + forged,
                "/integrations?limit=" + one(List.of("0", "-1", "x", "99999999999999999999")),
                "/integrations?q=%00&unknown=1",
                "/integrations/%00/history",
                "/integrations/none." + random.nextInt() + "/history?buckets=0",
                "/integrations/none." + random.nextInt() + "/verifications?cursor=" + forged,
                "/incidents?from=yesterday",
                "/incidents?cursor=" + forged,
                "/annotations?to=tomorrow",
                "/doctor/history?cursor=" + forged,
                "/doctor/history?from=" + "9".repeat(30),
                "/doctor?only=nothing." + random.nextInt(),
                "/doctor?cached=yes",
                "/doctor/history?check=%00",
                "/doctor/history?check=a.b&range=" + random.nextInt(),
                "/integrations?q=%00",
                "/integrations?status=" + random.nextInt(),
                "/integrations?cursor=" + forged,
                "/incidents?from=yesterday",
                "/incidents?limit=" + one(List.of("0", "-1", "x", "501")),
                "/annotations?range=forever",
                "/summary?x=" + random.nextInt(),
                "/doctor?" + "x".repeat(1 + random.nextInt(2_000))));
    }

    private String wrongCredential() {
        var bytes = new byte[1 + random.nextInt(400)];
        random.nextBytes(bytes);
        var word = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return one(List.of(
                "",
                "Authorization: Bearer " + word + "\r\n",
                "Authorization: Bearer koda_op_" + word + "\r\n",
                "Authorization: Basic " + word + "\r\n",
                "Authorization: " + word + "\r\n",
                "Authorization: \r\n",
                "Authorization: Bearer\r\n",
                "Cookie: koda_operations_session=" + word + "\r\n",
                "Cookie: koda_operations_session=" + word.repeat(20) + "\r\n",
                "Cookie: =;;; koda_operations_session\r\n",
                "Cookie: __Host-koda_operations_session=" + word + "\r\nX-Forwarded-Proto: https\r\n",
                "X-Forwarded-User: admin\r\n"));
    }

    private String flood() {
        return switch (random.nextInt(3)) {
            case 0 -> "X-Flood: y\r\n".repeat(1_800 + random.nextInt(3_000));
            case 1 -> "X-Flood: " + "y".repeat(17_000 + random.nextInt(100_000)) + "\r\n";
            default -> "Cookie: " + "a=b; ".repeat(4_000 + random.nextInt(4_000)) + "\r\n";
        };
    }

    private String wrongType() {
        return one(List.of(
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "Content-Type: application/jsonp\r\n",
                "Content-Type: ;\r\n"));
    }

    private byte[] garbage() {
        var bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (0x80 | bytes[0]);
        var end = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        var request = new ByteArrayOutputStream();
        request.writeBytes(bytes);
        request.writeBytes(end);
        return request.toByteArray();
    }
}
