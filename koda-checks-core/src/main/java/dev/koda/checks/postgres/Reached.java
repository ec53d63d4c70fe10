package dev.koda.checks.postgres;

import io.vertx.core.net.SocketAddress;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Where the server answered, and how it wants to be spoken to.
 *
 * @param address the address that accepted the connection, with the host's name for the certificate
 * @param isEncrypted whether TLS is used
 * @param roots what the certificate must lead to, or null where it is not verified
 */
record Reached(
        SocketAddress address,
        boolean isEncrypted,
        @Nullable TrustManager roots) {}
