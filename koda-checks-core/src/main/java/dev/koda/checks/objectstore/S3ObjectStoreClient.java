package dev.koda.checks.objectstore;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The client, with a loop of its own: that of the SDK takes two seconds to close, on the closing thread. */
record S3ObjectStoreClient(S3AsyncClient s3, EventLoopGroup loop) {
    /** The limit of each call ends first, and so gives the reason. */
    private static final Duration NEVER_FIRST = Duration.ofSeconds(30);

    /** Takes up to half a second the first time, for the classes of the SDK. */
    static S3ObjectStoreClient of(S3Connection connection) {
        @SuppressWarnings("deprecation") // the SDK accepts none of its successors
        var loop = new NioEventLoopGroup(1, new DefaultThreadFactory("koda-checks-s3", true));
        var keys = AwsBasicCredentials.create(connection.accessKey(), connection.secretKey());
        var http = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(loop, NioSocketChannel::new))
                .connectionTimeout(NEVER_FIRST)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build());
        var s3 = S3AsyncClient.builder()
                .endpointOverride(connection.endpoint())
                .region(Region.of(connection.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(http)
                .overrideConfiguration(all -> all.retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .apiCallTimeout(NEVER_FIRST)
                        .apiCallAttemptTimeout(NEVER_FIRST))
                .build();
        return new S3ObjectStoreClient(s3, loop);
    }

    /** Completes when its thread has ended. */
    CompletableFuture<Void> close() {
        s3.close();
        var ended = new CompletableFuture<Void>();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(done -> ended.complete(null));
        return ended;
    }
}
