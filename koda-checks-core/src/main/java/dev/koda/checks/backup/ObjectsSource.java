package dev.koda.checks.backup;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Scope;
import dev.koda.checks.objectstore.ObjectListing;
import java.util.concurrent.CompletionStage;

/** Each object under a prefix is a backup, but for those that only stand for a directory and those of our own checks. */
final class ObjectsSource implements BackupSource {
    private static final String OURS = ".koda/";

    private final ObjectListing objects;
    private final String prefix;

    ObjectsSource(ObjectListing objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    @Override
    public String describe() {
        return objects.describe() + (prefix.isEmpty() ? "" : ", prefix " + prefix);
    }

    @Override
    public CompletionStage<Backups> ask(CheckContext context) {
        var newest = new Newest();
        return objects.each(context, prefix, object -> {
                    if (!object.key().endsWith("/") && !object.key().startsWith(OURS)) {
                        newest.add(new Backup(object.modifiedAt(), object.bytes()));
                    }
                })
                .handle((done, failure) -> failure == null
                        ? newest.toBackups()
                        : Backups.unknown(ObjectListing.outcome(failure, "listing " + describe())));
    }

    @Override
    public Scope scope() {
        return Scope.SHARED;
    }
}
