package dev.koda.checks.objectstore;

import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What the failures of the AWS SDK mean. A part of {@link S3ObjectStore}, which alone knows that SDK. */
final class S3ObjectStoreFaults {
    /** S3 refuses requests that are signed with a clock further off (MaxAllowedSkewMilliseconds = 900000). */
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    /** What S3 answers to a request for another region, by its list of error codes. */
    private static final Set<String> REGION_CODES = Set.of(
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "PermanentRedirect",
            "Redirect",
            "TemporaryRedirect");

    private static final Set<String> NOT_CONFIGURED_CODES =
            Set.of("NoSuchBucketPolicy", "NoSuchLifecycleConfiguration");

    private static final Set<String> UNKNOWN_CALL_CODES = Set.of("NotImplemented", "MethodNotAllowed");

    private final S3Connection connection;
    private final TimeSource time;

    S3ObjectStoreFaults(S3Connection connection, TimeSource time) {
        this.connection = connection;
        this.time = time;
    }

    /**
     * The failure as the port promises it. What is no failure of a call is a bug: passed on as it is, it becomes an error
     * with its stack trace in the log.
     *
     * @param notFound what 404 means, unless its code says that the bucket is not there
     */
    Throwable known(Throwable failure, ObjectStoreFault notFound) {
        boolean isOfACall =
                causes(failure).anyMatch(cause -> cause instanceof SdkException || cause instanceof IOException);
        return isOfACall ? new ObjectStoreException(faultOf(failure, notFound)) : failure;
    }

    /** True if the store says that the bucket has no configuration of the kind that was asked for. */
    static boolean isNotConfigured(Throwable failure) {
        return answerOf(failure)
                .filter(answer -> answer.statusCode() == 404)
                .map(S3ObjectStoreFaults::codeOf)
                .filter(NOT_CONFIGURED_CODES::contains)
                .isPresent();
    }

    /** True if the store takes no such call about a bucket that is there, whatever it says beside that. */
    static boolean isNotAllowed(Throwable failure) {
        return answerOf(failure).filter(answer -> answer.statusCode() == 405).isPresent();
    }

    /** What came back in place of what was asked for; empty if nothing did. */
    static Optional<SdkHttpResponse> responseOf(Throwable failure) {
        return answerOf(failure)
                .flatMap(answer -> Optional.ofNullable(answer.awsErrorDetails()))
                .map(details -> details.sdkHttpResponse());
    }

    private ObjectStoreFault faultOf(Throwable failure, ObjectStoreFault notFound) {
        return answerOf(failure)
                .map(answer -> faultOfAnswer(answer, notFound))
                .orElseGet(() -> faultWithoutAnswer(failure));
    }

    private ObjectStoreFault faultOfAnswer(AwsServiceException answer, ObjectStoreFault notFound) {
        var code = codeOf(answer);
        if ("RequestTimeTooSkewed".equals(code) || (answer.statusCode() == 403 && isSkewed(answer))) {
            return ObjectStoreFault.CLOCK_SKEW;
        }
        if (answer.statusCode() == 404) {
            return "NoSuchBucket".equals(code) ? ObjectStoreFault.NO_SUCH_BUCKET : notFound;
        }
        if (answer.statusCode() == 501 || (code != null && UNKNOWN_CALL_CODES.contains(code))) {
            return ObjectStoreFault.NOT_IMPLEMENTED;
        }
        return switch (answer.statusCode()) {
            case 401, 403 -> ObjectStoreFault.ACCESS_DENIED;
            case 301, 307, 400 ->
                isForAnotherRegion(answer, code) ? ObjectStoreFault.WRONG_REGION : ObjectStoreFault.REQUEST_FAILED;
            default -> answer.statusCode() >= 500 ? ObjectStoreFault.SERVER_ERROR : ObjectStoreFault.REQUEST_FAILED;
        };
    }

    private static @Nullable String codeOf(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
    }

    /** Anybody may answer 400, such as a TLS port that is spoken to in clear; a HEAD gets a header in place of a code. */
    private boolean isForAnotherRegion(AwsServiceException answer, @Nullable String code) {
        if (code != null && REGION_CODES.contains(code)) {
            return true;
        }
        return responseOf(answer)
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .filter(theirs -> !theirs.equals(connection.region()))
                .isPresent();
    }

    /** The answer to a HEAD has no code, but a date. */
    private boolean isSkewed(AwsServiceException answer) {
        try {
            return responseOf(answer)
                    .flatMap(response -> response.firstMatchingHeader("Date"))
                    .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                    .filter(theirs -> Duration.between(theirs, time.now()).abs().compareTo(MOST_SKEW) > 0)
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

    private static Optional<AwsServiceException> answerOf(Throwable failure) {
        return causes(failure)
                .filter(AwsServiceException.class::isInstance)
                .map(AwsServiceException.class::cast)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
