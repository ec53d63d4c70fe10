package dev.koda.checks.objectstore;

import java.net.URI;
import java.net.URISyntaxException;
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

    /** The same at another endpoint. */
    public S3Connection at(URI other) {
        return new S3Connection(other, region, bucket, accessKey, secretKey);
    }

    /** The URL of the bucket, as everybody may ask for it. */
    public URI url() {
        var path = endpoint.getPath() == null ? "" : endpoint.getPath();
        try {
            // This constructor quotes what a setting may hold and a URL may not.
            return new URI(
                    endpoint.getScheme(),
                    null,
                    endpoint.getHost(),
                    endpoint.getPort(),
                    (path.endsWith("/") ? path : path + "/") + bucket,
                    null,
                    null);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("scheme and host are those of a URL", impossible);
        }
    }

    private String root() {
        var port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return endpoint.getScheme() + "://" + endpoint.getHost() + port;
    }

    /** Bucket, scheme, host and port. */
    @Override
    public String toString() {
        return "bucket " + bucket + " at " + root();
    }
}
