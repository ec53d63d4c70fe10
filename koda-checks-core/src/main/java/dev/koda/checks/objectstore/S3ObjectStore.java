package dev.koda.checks.objectstore;

import dev.koda.checks.CheckContext;
import dev.koda.checks.TimeSource;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A bucket behind the S3 protocol: path style, one attempt for each call, no file or variable of this host consulted.
 * The client is made on first use, off the caller's thread because that takes up to half a second, and closed by {@link
 * #close}. Thread-safe. The only place that knows the AWS SDK.
 */
public final class S3ObjectStore implements ObjectStore, ObjectListing, AutoCloseable {
    /** S3 refuses requests that are signed with a clock further off (MaxAllowedSkewMilliseconds = 900000). */
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    /** What S3 answers to a request for another region, by its list of error codes. */
    private static final Set<String> REGION_CODES = Set.of(
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "PermanentRedirect",
            "Redirect",
            "TemporaryRedirect");

    /** The limit of each call ends first, and so gives the reason. */
    private static final Duration NEVER_FIRST = Duration.ofSeconds(30);

    private final S3Connection connection;
    private final TimeSource time;
    private @Nullable CompletableFuture<Client> client;
    private boolean isClosed;

    private S3ObjectStore(S3Connection connection, TimeSource time) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.time = Objects.requireNonNull(time, "time");
    }

    /** Opens nothing yet. */
    public static S3ObjectStore of(S3Connection connection, TimeSource time) {
        return new S3ObjectStore(connection, time);
    }

    @Override
    public String describe() {
        return connection.toString();
    }

    @Override
    public CompletionStage<Void> head(CheckContext context) {
        return context.blocking(this::resolve)
                .thenCompose(resolved -> call(
                        ObjectStoreFault.NO_SUCH_BUCKET,
                        s3 -> s3.headBucket(
                                ask -> ask.bucket(connection.bucket()).overrideConfiguration(within(context)))))
                .thenApply(answer -> null);
    }

    /** The client loses the failure of a name: it would be a time-out. */
    private InetAddress resolve() throws ObjectStoreException {
        try {
            return InetAddress.getByName(connection.endpoint().getHost());
        } catch (UnknownHostException notFound) {
            throw new ObjectStoreException(ObjectStoreFault.DNS_NOT_FOUND);
        }
    }

    @Override
    public CompletionStage<Optional<String>> put(CheckContext context, String key, byte[] content) {
        return call(
                        ObjectStoreFault.NO_SUCH_BUCKET,
                        s3 -> s3.putObject(
                                ask -> ask.bucket(connection.bucket()).key(key).overrideConfiguration(within(context)),
                                AsyncRequestBody.fromBytes(content)))
                .thenApply(answer -> Optional.ofNullable(answer.versionId()));
    }

    @Override
    public CompletionStage<StoredObject> get(CheckContext context, String key) {
        return call(
                        ObjectStoreFault.NO_SUCH_KEY,
                        s3 -> s3.getObject(
                                ask -> ask.bucket(connection.bucket()).key(key).overrideConfiguration(within(context)),
                                AsyncResponseTransformer.toBytes()))
                .thenApply(answer -> new StoredObject(
                        answer.asByteArrayUnsafe(),
                        Optional.ofNullable(answer.response().versionId())));
    }

    @Override
    public CompletionStage<Void> delete(CheckContext context, String key, Optional<String> version) {
        return call(
                        ObjectStoreFault.NO_SUCH_BUCKET,
                        s3 -> s3.deleteObject(ask -> ask.bucket(connection.bucket())
                                .key(key)
                                .versionId(version.orElse(null))
                                .overrideConfiguration(within(context))))
                .thenApply(answer -> null);
    }

    @Override
    public CompletionStage<Void> each(CheckContext context, String prefix, Consumer<ListedObject> consumer) {
        return context.blocking(this::resolve).thenCompose(resolved -> page(context, prefix, null, consumer));
    }

    /** One page, and after it the next; each within what is left of the time. */
    private CompletionStage<Void> page(
            CheckContext context, String prefix, @Nullable String token, Consumer<ListedObject> consumer) {
        return call(
                        ObjectStoreFault.NO_SUCH_BUCKET,
                        s3 -> s3.listObjectsV2(ask -> ask.bucket(connection.bucket())
                                .prefix(prefix)
                                .continuationToken(token)
                                .overrideConfiguration(within(context))))
                .thenCompose(page -> {
                    page.contents()
                            .forEach(object -> consumer.accept(
                                    new ListedObject(object.key(), object.lastModified(), object.size())));
                    return Boolean.TRUE.equals(page.isTruncated())
                            ? page(context, prefix, page.nextContinuationToken(), consumer)
                            : CompletableFuture.completedFuture(null);
                });
    }

    /** Ends the client, if one was made; calls after it fail. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (client != null) {
            var unused = client.thenAccept(Client::close);
        }
    }

    /** With a loop of its own: that of the SDK takes two seconds to close, on the closing thread. */
    private record Client(S3AsyncClient s3, EventLoopGroup loop) {
        void close() {
            s3.close();
            var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private <T> CompletionStage<T> call(
            ObjectStoreFault notFound, Function<S3AsyncClient, CompletableFuture<T>> request) {
        return client().thenCompose(made -> request.apply(made.s3))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(known(failure, notFound)));
    }

    /** What is no failure of a call is a bug: passed on as it is, it becomes an error with its stack trace in the log. */
    private Throwable known(Throwable failure, ObjectStoreFault notFound) {
        boolean isOfACall =
                causes(failure).anyMatch(cause -> cause instanceof SdkException || cause instanceof IOException);
        return isOfACall ? new ObjectStoreException(faultOf(failure, notFound)) : failure;
    }

    private synchronized CompletableFuture<Client> client() {
        if (isClosed) {
            return CompletableFuture.failedFuture(new IOException("closed"));
        }
        // One that could not be made is no reason never to try again.
        if (client == null || client.isCompletedExceptionally()) {
            client = CompletableFuture.supplyAsync(this::makeClient, time.executor());
        }
        return client;
    }

    private Client makeClient() {
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
        return new Client(s3, loop);
    }

    /** Both time-outs: the one of the attempt ends a hung connection, the one of the call all the rest. */
    private static AwsRequestOverrideConfiguration within(CheckContext context) {
        var limit = Duration.ofMillis(Math.max(1, context.ioTimeout().toMillis()));
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(limit)
                .apiCallAttemptTimeout(limit)
                .build();
    }

    private ObjectStoreFault faultOf(Throwable failure, ObjectStoreFault notFound) {
        return causes(failure)
                .filter(AwsServiceException.class::isInstance)
                .map(AwsServiceException.class::cast)
                .map(answer -> faultOfAnswer(answer, notFound))
                .findFirst()
                .orElseGet(() -> faultWithoutAnswer(failure));
    }

    private ObjectStoreFault faultOfAnswer(AwsServiceException answer, ObjectStoreFault notFound) {
        var code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        if ("RequestTimeTooSkewed".equals(code) || (answer.statusCode() == 403 && isSkewed(answer))) {
            return ObjectStoreFault.CLOCK_SKEW;
        }
        if (answer.statusCode() == 404) {
            return "NoSuchBucket".equals(code) ? ObjectStoreFault.NO_SUCH_BUCKET : notFound;
        }
        return switch (answer.statusCode()) {
            case 401, 403 -> ObjectStoreFault.ACCESS_DENIED;
            case 301, 307, 400 ->
                isForAnotherRegion(answer, code) ? ObjectStoreFault.WRONG_REGION : ObjectStoreFault.REQUEST_FAILED;
            default -> answer.statusCode() >= 500 ? ObjectStoreFault.SERVER_ERROR : ObjectStoreFault.REQUEST_FAILED;
        };
    }

    /** Anybody may answer 400, such as a TLS port that is spoken to in clear; a HEAD gets a header in place of a code. */
    private boolean isForAnotherRegion(AwsServiceException answer, @Nullable String code) {
        if (code != null && REGION_CODES.contains(code)) {
            return true;
        }
        return answer.awsErrorDetails() != null
                && answer.awsErrorDetails()
                        .sdkHttpResponse()
                        .firstMatchingHeader("x-amz-bucket-region")
                        .filter(theirs -> !theirs.equals(connection.region()))
                        .isPresent();
    }

    /** The answer to a HEAD has no code, but a date. */
    private boolean isSkewed(AwsServiceException answer) {
        try {
            return answer.awsErrorDetails() != null
                    && answer.awsErrorDetails()
                            .sdkHttpResponse()
                            .firstMatchingHeader("Date")
                            .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                            .filter(theirs ->
                                    Duration.between(theirs, time.now()).abs().compareTo(MOST_SKEW) > 0)
                            .isPresent();
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    private static ObjectStoreFault faultWithoutAnswer(Throwable failure) {
        record Sign(Class<? extends Throwable> type, ObjectStoreFault fault) {}
        return Stream.of(
                        new Sign(ApiCallTimeoutException.class, ObjectStoreFault.TIMEOUT),
                        new Sign(ApiCallAttemptTimeoutException.class, ObjectStoreFault.TIMEOUT),
                        new Sign(ConnectException.class, ObjectStoreFault.CONNECTION_REFUSED),
                        new Sign(SSLException.class, ObjectStoreFault.TLS_FAILED),
                        new Sign(IOException.class, ObjectStoreFault.CONNECTION_CLOSED))
                .filter(sign -> causes(failure).anyMatch(sign.type::isInstance))
                .map(Sign::fault)
                .findFirst()
                .orElse(ObjectStoreFault.REQUEST_FAILED);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
