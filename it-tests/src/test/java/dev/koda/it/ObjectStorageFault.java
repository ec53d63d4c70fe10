package dev.koda.it;

import static dev.koda.it.PostgresFault.await;

import java.time.Duration;
import java.util.function.Consumer;

/** What can go wrong between a stack and its object storage, how to bring it about, and what is to be said of it. */
@SuppressWarnings("ImmutableEnumChecker") // what a fault does to the storage has no state
enum ObjectStorageFault {
    WRONG_KEY("object-store.bucket", "fail", "access_denied", storage -> storage.acceptOnly("another secret key")),
    MISSING_BUCKET("object-store.bucket", "fail", "no_such_bucket", FaultyStorage::loseBucket),
    ERRORS("object-store.bucket", "fail", "server_error", storage -> storage.answerOnly(503, Duration.ZERO)),
    /** S3 refuses requests from more than 15 minutes away with 403; to a HEAD it has no body that could say why. */
    CLOCK_SKEW(
            "object-store.bucket", "fail", "clock_skew", storage -> storage.answerOnly(403, Duration.ofMinutes(-16))),
    DOWN(
            "object-store.bucket",
            "fail",
            "connection_refused",
            storage -> await(storage.network().refuse())),
    SILENT(
            "object-store.bucket",
            "fail",
            "timeout",
            storage -> await(storage.network().blackHole())),
    RESET_IN_AN_ANSWER(
            "object-store.bucket",
            "fail",
            "connection_closed",
            storage -> await(storage.network().resetAfter(5))),
    /** The canary needs four answers; its limit is one second for all of them. */
    SLOW(
            "object-store.canary",
            "warn",
            "slow",
            storage -> await(storage.network().delay(Duration.ofMillis(400))));

    private final String check;
    private final String status;
    private final String reason;
    private final Consumer<FaultyStorage> beginning;

    ObjectStorageFault(String check, String status, String reason, Consumer<FaultyStorage> beginning) {
        this.check = check;
        this.status = status;
        this.reason = reason;
        this.beginning = beginning;
    }

    void begin(FaultyStorage storage) {
        beginning.accept(storage);
    }

    /** The one check that is not pass. */
    String check() {
        return check;
    }

    /** What it is. */
    String status() {
        return status;
    }

    /** Why it is that. */
    String reason() {
        return reason;
    }

    /** The time-out of that check, and half a second. */
    int limitMillis() {
        return (check.equals("object-store.bucket") ? 5000 : 5500) + 500;
    }

    /** What the doctor ends with. */
    int exitCode() {
        return status.equals("fail") ? 1 : 3;
    }
}
