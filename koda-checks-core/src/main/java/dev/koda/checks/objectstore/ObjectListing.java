package dev.koda.checks.objectstore;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Lists the objects of one bucket. Implementations are safe for use by several threads, do not block, try each page once,
 * and fail a stage with {@link ObjectStoreException} only.
 */
public interface ObjectListing {
    /** As many objects as S3 puts on a page. */
    int PAGE = 1000;

    /** A hundred requests: enough for 100,000 objects, and what S3 takes 0.05 cents for. */
    int MOST_PAGES = 100;

    /** Where the bucket is, for people; no credentials. */
    String describe();

    /**
     * Hands over every object whose key begins with the prefix, one after the other, page by page, while there is time.
     *
     * @param prefix empty for all
     * @return completes after the last one
     */
    default CompletionStage<Void> each(CheckContext context, String prefix, Consumer<ListedObject> consumer) {
        return each(context, prefix, Integer.MAX_VALUE, consumer).thenAccept(isAll -> {});
    }

    /**
     * The same for at most so many pages: each costs a request, and a bucket may hold a billion objects.
     *
     * @param mostPages of up to {@link #PAGE} objects each, at least 1
     * @return true if those were all
     */
    CompletionStage<Boolean> each(CheckContext context, String prefix, int mostPages, Consumer<ListedObject> consumer);

    /**
     * What a failed stage of {@link #each} means.
     *
     * @param what was being done, such as {@code listing bucket a at http://127.0.0.1:9000}
     */
    static Outcome outcome(Throwable failure, String what) {
        var fault = ObjectStoreException.faultOf(failure);
        return Outcome.fail(what + " failed: " + fault.sentence())
                .reason(fault.reason())
                .hint(fault.hint());
    }

    /**
     * One object.
     *
     * @param key its whole key
     * @param modifiedAt when it was complete, by the clock of the storage
     * @param bytes its size
     */
    record ListedObject(String key, Instant modifiedAt, long bytes) {
        public ListedObject {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(modifiedAt, "modifiedAt");
        }
    }
}
