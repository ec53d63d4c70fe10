package dev.koda.dashboard.verification;

import dev.koda.checks.Redactor;
import dev.koda.checks.stack.Integrations;
import dev.koda.dashboard.connections.KodaConnections;
import dev.koda.dashboard.http.Sender;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is verified, and how.
 *
 * @param node the name of this server
 * @param holder the name of this start of this process, unlike that of any other
 * @param integrations what is verified, as it is when the store is there
 * @param connections what is connected to a Koda install; null if there is none
 * @param doctor hears the checks of the doctor
 * @param fingerprintKey the value of {@code KODA_AUDIT_HMAC_KEY}, without which no credential has a fingerprint; or null
 * @param redactor takes secrets out of what operators write
 * @param senderOf who sends a request, as far as it is vouched for
 * @param random between 0 and 1: where the jitter of the schedule comes from
 */
public record VerificationOptions(
        String node,
        String holder,
        Integrations integrations,
        @Nullable KodaConnections connections,
        DoctorFeed doctor,
        @Nullable String fingerprintKey,
        Redactor redactor,
        Function<HttpServerRequest, Sender> senderOf,
        DoubleSupplier random) {
    public VerificationOptions {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(integrations, "integrations");
        Objects.requireNonNull(doctor, "doctor");
        Objects.requireNonNull(redactor, "redactor");
        Objects.requireNonNull(senderOf, "senderOf");
        Objects.requireNonNull(random, "random");
    }

    /** With real chance. */
    public static VerificationOptions of(
            String node,
            String holder,
            Integrations integrations,
            @Nullable KodaConnections connections,
            DoctorFeed doctor,
            @Nullable String fingerprintKey,
            Redactor redactor,
            Function<HttpServerRequest, Sender> senderOf) {
        return new VerificationOptions(
                node,
                holder,
                integrations,
                connections,
                doctor,
                fingerprintKey,
                redactor,
                senderOf,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The nodes, and no key. */
    @Override
    public String toString() {
        return node;
    }
}
