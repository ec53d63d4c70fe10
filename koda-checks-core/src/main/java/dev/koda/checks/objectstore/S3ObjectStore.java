package dev.koda.checks.objectstore;

import dev.koda.checks.CheckContext;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A bucket behind the S3 protocol: path style, one attempt for each call, no file or variable of this host consulted.
 * The client is made on first use, off the caller's thread because that takes up to half a second, and closed by {@link
 * #close}. Thread-safe. The only adapter that knows the AWS SDK; its parts bear its name.
 */
public final class S3ObjectStore implements ObjectStore, ObjectListing, BucketRules, AutoCloseable {
    private static final ObjectStoreFault UNKNOWN_CALL = ObjectStoreFault.NOT_IMPLEMENTED;
    private static final ObjectStoreFault UNUSABLE = ObjectStoreFault.REQUEST_FAILED;

    private final S3Connection connection;
    private final S3ObjectStoreFaults faults;
    private @Nullable CompletableFuture<S3ObjectStoreClient> client;
    private boolean isClosed;

    private S3ObjectStore(S3Connection connection, TimeSource time) {
        this.connection = Objects.requireNonNull(connection, "connection");
        faults = new S3ObjectStoreFaults(connection, Objects.requireNonNull(time, "time"));
    }

    /** Opens nothing yet. */
    public static S3ObjectStore of(S3Connection connection, TimeSource time) {
        return new S3ObjectStore(connection, time);
    }

    @Override
    public String describe() {
        return connection.toString();
    }

    /** The time of the store begins when there is a client: in a new process its classes are loaded first. */
    @Override
    public CompletionStage<Void> head(CheckContext context) {
        return context.blocking(this::resolve)
                .thenCompose(resolved -> call(
                        ObjectStoreFault.NO_SUCH_BUCKET,
                        s3 -> s3.headBucket(ask -> ask.bucket(connection.bucket())
                                .overrideConfiguration(within(shorter(ObjectStoreChecks.HEAD, context.ioTimeout()))))))
                .thenApply(answer -> null);
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
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
    public CompletionStage<Boolean> each(
            CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer) {
        return context.blocking(this::resolve)
                .thenCompose(resolved -> page(context, prefix, null, mostPages, consumer));
    }

    /** One page, and after it the next; each within what is left of the time. */
    private CompletionStage<Boolean> page(
            CheckContext context,
            String prefix,
            @Nullable String token,
            int pagesLeft,
            Consumer<ListedObject> consumer) {
        return call(
                        ObjectStoreFault.NO_SUCH_BUCKET,
                        s3 -> s3.listObjectsV2(ask -> ask.bucket(connection.bucket())
                                .prefix(prefix)
                                .continuationToken(token)
                                .overrideConfiguration(within(context))))
                .thenCompose(page -> {
                    page.contents()
                            .forEach(object -> consumer.accept(said(S3ObjectStoreAnswers.listed(object), UNUSABLE)));
                    boolean isAll = !Boolean.TRUE.equals(page.isTruncated());
                    return isAll || pagesLeft <= 1
                            ? CompletableFuture.completedFuture(isAll)
                            : page(
                                    context,
                                    prefix,
                                    said(S3ObjectStoreAnswers.next(page, token), UNUSABLE),
                                    pagesLeft - 1,
                                    consumer);
                });
    }

    @Override
    public CompletionStage<Boolean> isPublicByPolicy(CheckContext context) {
        return answer(s3 -> s3.getBucketPolicyStatus(
                        ask -> ask.bucket(connection.bucket()).overrideConfiguration(within(context))))
                .thenApply(answer -> said(S3ObjectStoreAnswers.isPublic(answer), UNKNOWN_CALL))
                .exceptionallyCompose(failure -> unless(failure, false));
    }

    @Override
    public CompletionStage<Boolean> isPublicByGrants(CheckContext context) {
        return answer(s3 ->
                        s3.getBucketAcl(ask -> ask.bucket(connection.bucket()).overrideConfiguration(within(context))))
                .thenApply(answer -> said(S3ObjectStoreAnswers.isPublic(answer), UNKNOWN_CALL))
                .exceptionallyCompose(failure -> unless(failure, false));
    }

    @Override
    public CompletionStage<UploadRules> uploadRules(CheckContext context) {
        return answer(s3 -> s3.getBucketLifecycleConfiguration(
                        ask -> ask.bucket(connection.bucket()).overrideConfiguration(within(context))))
                .thenApply(answer -> said(S3ObjectStoreAnswers.uploadRules(answer), UNKNOWN_CALL))
                .exceptionallyCompose(failure -> unless(failure, S3ObjectStoreAnswers.noUploadRules(failure)));
    }

    private static <T> T said(Optional<T> answer, ObjectStoreFault otherwise) {
        return answer.orElseThrow(() -> new CompletionException(new ObjectStoreException(otherwise)));
    }

    /** What a bucket without such a configuration means; any other failure stays one. */
    private <T> CompletionStage<T> unless(Throwable failure, T withoutConfiguration) {
        if (S3ObjectStoreFaults.isNotAllowed(failure)) {
            return CompletableFuture.failedStage(new ObjectStoreException(UNKNOWN_CALL));
        }
        return S3ObjectStoreFaults.isNotConfigured(failure)
                ? CompletableFuture.completedFuture(withoutConfiguration)
                : CompletableFuture.failedStage(faults.known(failure, ObjectStoreFault.REQUEST_FAILED));
    }

    /** Ends the client, if one was made; calls after it fail. */
    @Override
    public void close() {
        var unused = shutdown();
    }

    /**
     * The same for who waits.
     *
     * @return completes when the client's thread has ended, and never fails
     */
    public synchronized CompletionStage<Void> shutdown() {
        isClosed = true;
        return client == null
                ? CompletableFuture.completedFuture(null)
                : client.thenCompose(S3ObjectStoreClient::close).exceptionally(neverMade -> null);
    }

    private <T> CompletionStage<T> call(
            ObjectStoreFault notFound, Function<S3AsyncClient, CompletableFuture<T>> request) {
        return answer(request)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(faults.known(failure, notFound)));
    }

    private <T> CompletionStage<T> answer(Function<S3AsyncClient, CompletableFuture<T>> request) {
        return client().thenCompose(made -> request.apply(made.s3()));
    }

    private synchronized CompletableFuture<S3ObjectStoreClient> client() {
        if (isClosed) {
            return CompletableFuture.failedFuture(new IOException("closed"));
        }
        // One that could not be made is no reason never to try again.
        if (client == null || client.isCompletedExceptionally()) {
            client = CompletableFuture.supplyAsync(() -> S3ObjectStoreClient.of(connection), S3ObjectStore::begin);
        }
        return client;
    }

    /** A thread of its own: those of a clock may be an event loop, and those of a check end with it. */
    private static void begin(Runnable making) {
        var thread = new Thread(making, "koda-s3-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** Both time-outs: the one of the attempt ends a hung connection, the one of the call all the rest. */
    private static AwsRequestOverrideConfiguration within(CheckContext context) {
        return within(context.ioTimeout());
    }

    private static AwsRequestOverrideConfiguration within(Duration time) {
        var limit = Duration.ofMillis(Math.max(1, time.toMillis()));
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(limit)
                .apiCallAttemptTimeout(limit)
                .build();
    }
}
