package dev.koda.checks.objectstore;

import dev.koda.checks.CheckContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One bucket, as far as the checks need it. Implementations are safe for use by several threads, do not block, keep each
 * call within {@link CheckContext#ioTimeout()}, try it once, and fail a stage with {@link ObjectStoreException} only.
 */
public interface ObjectStore {
    /** Where it is, for people, such as {@code bucket koda-objects at http://127.0.0.1:9000}; no credentials. */
    String describe();

    /** Asks whether the bucket is there and we may use it. */
    CompletionStage<Void> head(CheckContext context);

    /**
     * Writes an object.
     *
     * @return the id of the version that was made; empty if the bucket keeps no versions
     */
    CompletionStage<Optional<String>> put(CheckContext context, String key, byte[] content);

    /** Reads an object; fails with {@link ObjectStoreFault#NO_SUCH_KEY} if there is none. */
    CompletionStage<StoredObject> get(CheckContext context, String key);

    /**
     * Deletes an object; deleting what is not there succeeds.
     *
     * @param version this version for good; empty for a bucket that keeps none
     */
    CompletionStage<Void> delete(CheckContext context, String key, Optional<String> version);

    /**
     * What was read.
     *
     * @param content all of it; not copied
     * @param version empty if the bucket keeps no versions
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed; a copy of each read would serve nobody
    record StoredObject(byte[] content, Optional<String> version) {}
}
