package dev.koda.checks.objectstore;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import dev.koda.checks.objectstore.ObjectStore.StoredObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: write, read back, compare, delete, look that it is gone. Another run may use the same key at the same
 * moment (two doctors on one host), so what it left there is tried again once and is never called damage.
 */
final class CanaryRun {
    /** No run lasts as long: an older canary belongs to one that crashed. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final String key;
    private final TimeSource time;
    private final CheckContext context;

    CanaryRun(ObjectStore store, String key, TimeSource time, CheckContext context) {
        this.store = store;
        this.key = key;
        this.time = time;
        this.context = context;
    }

    CompletionStage<Outcome> start() {
        return attempt(true);
    }

    private CompletionStage<Outcome> attempt(boolean mayRetry) {
        var canary = Canary.write(time.now());
        return then(
                store.put(context, key, canary.content()),
                version -> readBack(canary, version, mayRetry),
                fault -> completed(failed(fault, "writing to")));
    }

    private CompletionStage<Outcome> readBack(Canary canary, Optional<String> version, boolean mayRetry) {
        return then(
                store.get(context, key),
                object -> compare(canary, version, object, mayRetry),
                fault -> fault == ObjectStoreFault.NO_SUCH_KEY
                        ? disturbed(version, mayRetry, failed(fault, "reading back from"))
                        : delete(canary, version, failed(fault, "reading back from")));
    }

    private CompletionStage<Outcome> compare(
            Canary canary, Optional<String> version, StoredObject read, boolean mayRetry) {
        if (canary.isSame(read.content())) {
            return delete(canary, version, Outcome.pass("1 KiB written, read back and deleted"));
        }
        if (Canary.parse(read.content()).isPresent()) {
            return disturbed(version, mayRetry, contended());
        }
        var corrupt = Outcome.fail("what was read back from " + store.describe() + " is not what was written: "
                        + read.content().length + " bytes, expected " + canary.content().length)
                .reason("corrupt")
                .hint("stop writing there: the storage or something before it changes data");
        return delete(canary, version, corrupt);
    }

    /** Somebody else wrote or deleted under our key in between. */
    private CompletionStage<Outcome> disturbed(Optional<String> version, boolean mayRetry, Outcome atLast) {
        CompletionStage<@Nullable Void> cleaned = version.isPresent()
                ? quietly(store.delete(context, key, version))
                : CompletableFuture.completedFuture(null);
        return cleaned.thenCompose(done -> mayRetry ? attempt(false) : completed(atLast));
    }

    private CompletionStage<Outcome> delete(Canary canary, Optional<String> version, Outcome soFar) {
        return then(
                store.delete(context, key, version),
                done -> isGone(canary, soFar),
                fault -> completed(orphan(soFar, fault.sentence())));
    }

    private CompletionStage<Outcome> isGone(Canary canary, Outcome soFar) {
        return then(
                store.get(context, key),
                object -> canary.isSame(object.content())
                        ? completed(orphan(soFar, "it is still there"))
                        : removeAbandoned(object).thenApply(done -> soFar),
                // S3 answers 403 for a missing key to those who may not list; reading it worked a moment ago.
                fault -> completed(
                        fault == ObjectStoreFault.NO_SUCH_KEY || fault == ObjectStoreFault.ACCESS_DENIED
                                ? soFar
                                : orphan(soFar, fault.sentence())));
    }

    /** In a bucket with versions, the one of a crashed run appears again when ours is gone. */
    private CompletionStage<@Nullable Void> removeAbandoned(StoredObject object) {
        boolean isAbandoned = Canary.parse(object.content())
                .filter(other -> other.writtenAt().isBefore(time.now().minus(ABANDONED)))
                .isPresent();
        return isAbandoned && object.version().isPresent()
                ? quietly(store.delete(context, key, object.version()))
                : CompletableFuture.completedFuture(null);
    }

    private Outcome failed(ObjectStoreFault fault, String verb) {
        return ObjectStoreException.outcome(fault, store, verb);
    }

    private Outcome contended() {
        return Outcome.warn(
                        "another run used the key of this host twice at the same moment, so the answer is not known")
                .reason("contended")
                .hint("run one doctor at a time on a host");
    }

    private Outcome orphan(Outcome soFar, String why) {
        return soFar.status().isOk()
                ? Outcome.warn("1 KiB came back as written, but could not be deleted: " + why)
                        .reason("orphan")
                        .hint("allow deleting below .koda/, and remove what is left in .koda/doctor/")
                : soFar;
    }

    private static CompletionStage<Outcome> completed(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static CompletionStage<@Nullable Void> quietly(CompletionStage<Void> stage) {
        return stage.handle((done, failure) -> null);
    }

    private static <T> CompletionStage<Outcome> then(
            CompletionStage<T> stage,
            Function<T, CompletionStage<Outcome>> next,
            Function<ObjectStoreFault, CompletionStage<Outcome>> onFault) {
        return stage.handle((value, failure) ->
                        failure == null ? next.apply(value) : onFault.apply(ObjectStoreException.faultOf(failure)))
                .thenCompose(Function.identity());
    }
}
