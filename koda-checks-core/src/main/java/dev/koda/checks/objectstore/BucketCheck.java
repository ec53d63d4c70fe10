package dev.koda.checks.objectstore;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.concurrent.CompletionStage;

/** Is the bucket there, and may we use it? */
final class BucketCheck implements Check {
    private final ObjectStore store;

    BucketCheck(ObjectStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return store.head(context)
                .thenApply(done -> Outcome.pass(store.describe() + " answers"))
                .exceptionally(failure ->
                        ObjectStoreException.outcome(ObjectStoreException.faultOf(failure), store, "asking for"));
    }
}
