package dev.koda.checks.objectstore;

import dev.koda.checks.TimeSource;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The real S3 protocol on a loopback port, in memory, for one test class. */
final class Storage implements BeforeAllCallback, AfterAllCallback {
    static final String BUCKET = "koda-objects";
    static final String ACCESS_KEY = "test-access-key";
    static final String SECRET_KEY = "test-secret-key-0123456789";

    private final S3Proxy proxy = S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    private S3AsyncClient admin = unset();

    @SuppressWarnings("NullAway") // set before the first test
    private static S3AsyncClient unset() {
        return null;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        proxy.start();
        admin = S3AsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
        admin.createBucket(bucket -> bucket.bucket(BUCKET)).join();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        admin.close();
        proxy.stop();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** What an administrator sees and does. */
    S3AsyncClient admin() {
        return admin;
    }

    void makeVersionedBucket(String name) {
        admin.createBucket(bucket -> bucket.bucket(name)).join();
        admin.putBucketVersioning(ask -> ask.bucket(name)
                        .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)))
                .join();
    }

    S3Connection connection() {
        return connection(BUCKET);
    }

    S3Connection connection(String bucket) {
        return new S3Connection(endpoint(), "us-east-1", bucket, ACCESS_KEY, SECRET_KEY);
    }

    S3ObjectStore store() {
        return store(connection());
    }

    static S3ObjectStore store(S3Connection connection) {
        return S3ObjectStore.of(connection, TimeSource.system());
    }
}
