package dev.koda.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A directory as Koda's installer leaves it: the bundle, its manifest and sums, the release, and the {@code .env} that it
 * has minted, with secrets of the lengths that it generates. Written from what is known of the product, not copied.
 */
record KodaInstall(Path directory) {
    static final String POSTGRES_PASSWORD = "c2Vk3JZqLw0uT8mXb5Yh_R1pNfGd7Ea4";
    static final String S3_ACCESS_KEY = "K7QX2MNP4RT6VW8YZ1BD";
    static final String S3_SECRET_KEY = "Wm5oD-9sYt3BqK1vLz7Hx_C4jPf2Ra6E";
    static final String API_TOKEN = "vJ4wQz8RkT1nXc6Yb3MhLd9PsGf5Ua2Eo7Ii0Vq_-Zs";
    static final String SESSION_SECRET = "Fh2LtYp6WsXj9Qv4NzKm8Rb1Dc7Ge3Ua5OiTq0_B-xE";
    static final String RUNTIME_TOKEN = "Tz7KxPm1VcQs4Jw8RyNd5Lb2Hf9Ga6Ue3OiX0q_W-tY";
    static final List<String> SECRETS =
            List.of(POSTGRES_PASSWORD, S3_ACCESS_KEY, S3_SECRET_KEY, API_TOKEN, SESSION_SECRET, RUNTIME_TOKEN);

    /** Those without a health check, which the app starts with. */
    static final List<String> SIDECARS = List.of("security", "memory", "artifact", "retrieval", "runtime-kernel");

    private static final String COMPOSE = "bundle/docker-compose.release.yml";

    /** Writes all of it, except that the two published ports are free ones: on this machine the usual may be taken. */
    static KodaInstall write(Path directory, int controlPlanePort, int webPort) {
        var install = new KodaInstall(directory);
        try {
            Files.createDirectories(directory.resolve("bundle/proxy"));
            install.put("bundle/.env.bootstrap", bootstrap("replace-with-a-secret", 8090, 3000));
            install.put(COMPOSE, compose());
            install.put("bundle/MIGRATION.md", "# Moving between releases\n");
            install.put("bundle/sbom.spdx.json", "{\"spdxVersion\":\"SPDX-2.3\"}\n");
            install.put("bundle/proxy/nginx.conf", "server { listen 443 ssl; }\n");
            install.put("manifest.json", "{\"schema_version\":1,\"version\":\"1.0.18\"}\n");
            install.put(".release.env", "KODA_VERSION=1.0.18\nKODA_IMAGE_TAG=1.0.18\n");
            install.put("CHECKSUMS.txt", install.sums());
            install.put(".env", install.minted(controlPlanePort, webPort));
            Files.setPosixFilePermissions(directory.resolve(".env"), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return install;
    }

    /** The name that Koda's command and Docker Compose give the project. */
    String project() {
        return directory.getFileName().toString();
    }

    Path composeFile() {
        return directory.resolve(COMPOSE);
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static String bootstrap(String secret, int controlPlanePort, int webPort) {
        return """
                # Koda, first start
                CONTROL_PLANE_PORT=%d
                CONTROL_PLANE_AUTH_MODE=token
                CONTROL_PLANE_API_TOKEN=%s
                RUNTIME_LOCAL_UI_TOKEN=%s
                WEB_PORT=%d
                WEB_OPERATOR_SESSION_SECRET=%s

                # Postgres
                POSTGRES_DB=koda
                POSTGRES_USER=koda
                POSTGRES_PASSWORD=%s
                KNOWLEDGE_V2_POSTGRES_SCHEMA=knowledge_v2

                # Objects
                S3_ACCESS_KEY_ID=%s
                S3_SECRET_ACCESS_KEY=%s
                KNOWLEDGE_V2_S3_BUCKET=koda-objects
                KNOWLEDGE_V2_S3_REGION=us-east-1
                KNOWLEDGE_V2_S3_ENDPOINT_URL=http://seaweedfs:8333
                OBJECT_STORAGE_REQUIRED=true
                """.formatted(controlPlanePort, secret, secret, webPort, secret, secret, secret, secret);
    }

    private String minted(int controlPlanePort, int webPort) {
        return bootstrap("%s", controlPlanePort, webPort)
                .formatted(API_TOKEN, RUNTIME_TOKEN, SESSION_SECRET, POSTGRES_PASSWORD, S3_ACCESS_KEY, S3_SECRET_KEY);
    }

    private static String compose() {
        var text = new StringBuilder("""
                x-koda: &koda
                  restart: unless-stopped
                  networks: [backend]
                services:
                  app:
                    <<: *koda
                    image: koda-app:${KODA_VERSION}
                    ports: ["${CONTROL_PLANE_PORT:-8090}:8090"]
                    environment:
                      KNOWLEDGE_V2_POSTGRES_DSN: "postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD:?missing}@postgres:5432/${POSTGRES_DB}"
                    depends_on:
                      postgres: {condition: service_healthy}
                      seaweedfs: {condition: service_healthy}
                      seaweedfs-init: {condition: service_completed_successfully}
                  web:
                    <<: *koda
                    image: koda-web:${KODA_VERSION}
                    ports: ["${WEB_PORT:-3000}:3000"]
                    depends_on: {app: {condition: service_healthy}}
                  postgres:
                    <<: *koda
                    image: pgvector/pgvector:pg16
                    healthcheck: {test: [CMD-SHELL, pg_isready], interval: 10s, timeout: 5s, retries: 10, start_period: 10s}
                  seaweedfs:
                    <<: *koda
                    image: chrislusf/seaweedfs:4.05
                  seaweedfs-init:
                    image: amazon/aws-cli:2.27.41
                    restart: "no"
                    networks: [backend]
                """);
        SIDECARS.forEach(
                name -> text.append("  %s: {<<: *koda, image: \"koda-%s:${KODA_VERSION}\"}%n".formatted(name, name)));
        return text.append("networks: {frontend: {}, backend: {}}\nvolumes: {postgres-data: {}, seaweedfs-data: {}}\n")
                .toString();
    }

    /** In two columns, as sha256sum writes them. */
    private String sums() throws IOException {
        var text = new StringBuilder();
        for (var name : List.of(COMPOSE, "bundle/.env.bootstrap", "manifest.json")) {
            var bytes = Files.readAllBytes(directory.resolve(name));
            text.append(HexFormat.of().formatHex(sha256().digest(bytes)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        return text.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
