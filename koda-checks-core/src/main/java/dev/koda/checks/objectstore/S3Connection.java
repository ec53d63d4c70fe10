package dev.koda.checks.objectstore;

import java.net.URI;
import java.util.Objects;

/**
 * How a bucket is reached. Printing it shows neither key.
 *
 * @param endpoint such as {@code http://127.0.0.1:8333}; the bucket is put into the path
 * @param region such as {@code us-east-1}
 * @param bucket its name
 * @param accessKey the id of the key pair
 * @param secretKey the secret of the key pair
 */
public record S3Connection(URI endpoint, String region, String bucket, String accessKey, String secretKey) {
    public S3Connection {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
        if (endpoint.getScheme() == null || endpoint.getHost() == null) {
            throw new IllegalArgumentException("the endpoint must be an absolute URL with a host");
        }
    }

    /** Bucket, scheme, host and port. */
    @Override
    public String toString() {
        var port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return "bucket " + bucket + " at " + endpoint.getScheme() + "://" + endpoint.getHost() + port;
    }
}
