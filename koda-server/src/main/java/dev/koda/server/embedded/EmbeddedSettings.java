package dev.koda.server.embedded;

import dev.koda.checks.settings.Secret;

/**
 * What the embedded services are started with.
 *
 * @param serverPort where the server listens on 127.0.0.1
 * @param postgres the embedded Postgres
 * @param objects the embedded object storage
 */
record EmbeddedSettings(int serverPort, Postgres postgres, Objects objects) {
    /** Port, role, password of the role, database. */
    record Postgres(int port, String user, Secret password, String database) {}

    /** Port, key pair, bucket. */
    record Objects(int port, String accessKey, Secret secretKey, String bucket) {}
}
