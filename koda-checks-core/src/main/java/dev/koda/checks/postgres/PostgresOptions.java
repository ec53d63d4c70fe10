package dev.koda.checks.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which Postgres is looked at, and as whom. Host, port, database and role appear in messages, the password never.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 * @param database the database to connect to
 * @param user the role to connect as
 * @param password asked for before each authentication, so a rotated one is used at once; empty if there is none
 * @param sslMode what is asked of TLS
 * @param rootCertificate PEM file with the roots to trust; null for the JDK's own
 * @param production true if a server on a public address must be verified: less than verify-full then warns
 * @param timeout how long each rung waits for its answer; a check as a whole may take four times as long, because what a
 *     rung needs is loaded when it is climbed for the first time
 * @param thresholds where the checks begin to complain
 */
public record PostgresOptions(
        String host,
        int port,
        String database,
        String user,
        Supplier<String> password,
        SslMode sslMode,
        @Nullable Path rootCertificate,
        boolean production,
        Duration timeout,
        PostgresThresholds thresholds) {
    public PostgresOptions {
        requireText(host, "host");
        requireText(database, "database");
        requireText(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(sslMode, "sslMode");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(thresholds, "thresholds");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
    }

    /** With sslmode prefer, the JDK's roots, a time-out of 1 s and the default limits; not in production. */
    public static PostgresOptions of(String host, int port, String database, String user, Supplier<String> password) {
        return new PostgresOptions(
                host,
                port,
                database,
                user,
                password,
                SslMode.PREFER,
                null,
                false,
                Duration.ofSeconds(1),
                PostgresThresholds.DEFAULT);
    }

    /** The same with another demand on TLS. */
    public PostgresOptions sslMode(SslMode mode) {
        return new PostgresOptions(
                host, port, database, user, password, mode, rootCertificate, production, timeout, thresholds);
    }

    /** The same with a PEM file of roots to trust. */
    public PostgresOptions rootCertificate(Path pem) {
        return new PostgresOptions(host, port, database, user, password, sslMode, pem, production, timeout, thresholds);
    }

    /** The same for a production installation or not. */
    public PostgresOptions production(boolean value) {
        return new PostgresOptions(
                host, port, database, user, password, sslMode, rootCertificate, value, timeout, thresholds);
    }

    /** The same with another time-out of each rung. */
    public PostgresOptions timeout(Duration value) {
        return new PostgresOptions(
                host, port, database, user, password, sslMode, rootCertificate, production, value, thresholds);
    }

    /** The same with other limits. */
    public PostgresOptions thresholds(PostgresThresholds values) {
        return new PostgresOptions(
                host, port, database, user, password, sslMode, rootCertificate, production, timeout, values);
    }

    /** The most that a check takes: the first time, twice its time-out and once more, and what its clients take to be made. */
    Duration longest() {
        return timeout.multipliedBy(4);
    }

    /** What messages call the server: {@code host:port}. */
    String server() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** True if the certificate must lead to a trusted root. */
    boolean verifiesRoot() {
        return sslMode.compareTo(SslMode.VERIFY_CA) >= 0 || (sslMode == SslMode.REQUIRE && rootCertificate != null);
    }

    private static void requireText(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
