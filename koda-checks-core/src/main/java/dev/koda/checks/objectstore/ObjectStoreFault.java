package dev.koda.checks.objectstore;

import java.util.Locale;

/** Why the object storage did not do what was asked. */
public enum ObjectStoreFault {
    NO_SUCH_BUCKET("it does not exist", "create the bucket, or correct its name"),
    NO_SUCH_KEY("the object is not there", "look whether something else deletes objects in this bucket"),
    ACCESS_DENIED("access is denied", "check access key and secret key, and that their policy allows this bucket"),
    WRONG_REGION("it is in another region", "set the region of the bucket"),
    CLOCK_SKEW(
            "our clock and that of the storage are more than 15 minutes apart", "synchronise the clock of this host"),
    DNS_NOT_FOUND("the host name of the endpoint does not resolve", "correct the endpoint, or look at the resolver"),
    CONNECTION_REFUSED(
            "the connection is refused", "start the object storage, or correct host and port of the endpoint"),
    TLS_FAILED("the TLS handshake fails", "look at the certificate of the endpoint, or use http if it speaks no TLS"),
    TIMEOUT("no answer in time", "look whether the storage is overloaded or a firewall drops the packets"),
    CONNECTION_CLOSED("the connection ends before the answer is complete", "look at the log of the object storage"),
    NOT_IMPLEMENTED("it does not know this call", "check that the endpoint speaks S3"),
    SERVER_ERROR("it answers with an error of its own (5xx)", "look at the log of the object storage"),
    REQUEST_FAILED(
            "it refuses the request",
            "check that the endpoint speaks S3, and http or https as its URL says; look at its log");

    private final String sentence;
    private final String hint;

    ObjectStoreFault(String sentence, String hint) {
        this.sentence = sentence;
        this.hint = hint;
    }

    /** The reason of the report, such as {@code no_such_bucket}. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    String hint() {
        return hint;
    }
}
