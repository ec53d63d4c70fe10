package dev.koda.checks.objectstore;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Answers in place of a store what S3 documents: by the subresource that is asked for, and strangers by their lack of a signature. */
final class BucketStandIn implements AutoCloseable {
    static final String ACCESS_KEY = "Hg6tYs1wQa9eUf4kNj0o";
    static final String SECRET_KEY = "Vb2nMx7cLz4aKs9dJf6g";

    static final Answer DENIED = error(403, "AccessDenied");
    static final Answer UNKNOWN_CALL = error(501, "NotImplemented");
    static final Answer LISTING =
            new Answer(200, "<ListBucketResult><Name>koda</Name><KeyCount>0</KeyCount></ListBucketResult>", "");

    private final Loopback loopback = new Loopback();
    private final URI url = loopback.http(this::answer);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>(Map.of(
            "stranger", DENIED,
            "policyStatus", error(404, "NoSuchBucketPolicy"),
            "acl", grants("http://acs.amazonaws.com/groups/s3/LogDelivery"),
            "lifecycle", abortingAfter(7, "")));

    private final S3ObjectStore store =
            S3ObjectStore.of(new S3Connection(url, "us-east-1", "koda", ACCESS_KEY, SECRET_KEY), TimeSource.system());

    /** What comes back: a status, a body and the server's name. */
    record Answer(int status, String body, String server) {}

    static Answer error(int status, String code) {
        return new Answer(status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>", "");
    }

    static Answer policy(String isPublic) {
        return new Answer(200, "<PolicyStatus><IsPublic>" + isPublic + "</IsPublic></PolicyStatus>", "");
    }

    static Answer grants(String group) {
        return new Answer(
                200,
                "<AccessControlPolicy><Owner><ID>o</ID></Owner><AccessControlList><Grant><Grantee"
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\"><URI>" + group
                        + "</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList>"
                        + "</AccessControlPolicy>",
                "");
    }

    static Answer rule(String inner) {
        return new Answer(200, "<LifecycleConfiguration><Rule>" + inner + "</Rule></LifecycleConfiguration>", "");
    }

    static Answer abortingAfter(int days, String prefix) {
        return rule("<ID>abort</ID><Status>Enabled</Status><Filter><Prefix>" + prefix
                + "</Prefix></Filter><AbortIncompleteMultipartUpload><DaysAfterInitiation>" + days
                + "</DaysAfterInitiation></AbortIncompleteMultipartUpload>");
    }

    /** From now on that is the answer to a {@code stranger}, or about {@code policyStatus}, {@code acl}, {@code lifecycle} or {@code list-type}. */
    BucketStandIn with(String what, Answer answer) {
        answers.put(what, answer);
        return this;
    }

    /** The bucket itself answers too, so that what depends on it runs. */
    List<CheckSpec> specs() {
        return Stream.concat(
                        ObjectStoreChecks.of(store, ObjectStoreOptions.of("host", "test"), TimeSource.system()).stream()
                                .limit(1),
                        ObjectStoreChecks.rules(store, URI.create(url + "/koda"), loopback.http()).stream())
                .toList();
    }

    S3ObjectStore store() {
        return store;
    }

    String bucket() {
        return "bucket koda at " + url;
    }

    URI url() {
        return url;
    }

    private void answer(HttpServerRequest request) {
        var query = request.query() == null ? "" : request.query();
        var what = request.getHeader("Authorization") == null ? "stranger" : query.replaceAll("[=&].*", "");
        var answer = answers.getOrDefault(what, new Answer(200, "", ""));
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Server", answer.server())
                .putHeader("Content-Type", "application/xml")
                .end(answer.body());
    }

    @Override
    public void close() {
        store.close();
        loopback.close();
    }
}
