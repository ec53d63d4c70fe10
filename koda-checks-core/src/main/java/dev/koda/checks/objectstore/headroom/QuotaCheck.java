package dev.koda.checks.objectstore.headroom;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.objectstore.ObjectListing;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** How much of a declared quota do the objects leave? */
final class QuotaCheck implements Check {
    private final ObjectListing listing;
    private final long quota;
    private final HeadroomOptions options;

    QuotaCheck(ObjectListing listing, long quota, HeadroomOptions options) {
        this.listing = listing;
        this.quota = quota;
        this.options = options;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var used = new AtomicLong();
        var count = new AtomicLong();
        return listing.each(context, "", ObjectListing.MOST_PAGES, object -> {
                    used.addAndGet(object.bytes());
                    count.incrementAndGet();
                })
                .handle((isAll, failure) -> failure == null
                        ? judge(used.get(), count.get(), isAll)
                        : failed(
                                ObjectListing.outcome(failure, "listing " + listing.describe()),
                                used.get(),
                                count.get()));
    }

    /** What was counted until the time was up is less than there is, and may be too much already. */
    private Outcome failed(Outcome fault, long used, long count) {
        if (Objects.equals(fault.reason(), Reason.TIMEOUT) && count > 0) {
            return judge(used, count, false);
        }
        return Headroom.unknown(fault);
    }

    private Outcome judge(long used, long count, boolean isAll) {
        var room = Headroom.bytes((double) quota, (double) (quota - used));
        if (!isAll && room.status(options) == Status.PASS) {
            return unfinished(used, count);
        }
        var judged = room.judge("of the quota free", options)
                .observed("used_bytes", used, "bytes")
                .observed("objects", count, "objects");
        if (judged.status() == Status.PASS) {
            return judged;
        }
        var atMost = isAll ? "" : "at most ";
        return judged.message(atMost + judged.message())
                .reason("low_space")
                .hint("remove what is not needed from " + listing.describe()
                        + ", or raise the quota and KODA_OBJECT_STORAGE_QUOTA");
    }

    private Outcome unfinished(long used, long count) {
        return Outcome.warn("the first " + count + " objects have " + Headroom.size((double) used) + " of the quota of "
                        + Headroom.size((double) quota)
                        + ", and the others were not looked at, so the room is not known")
                .reason("listing_unfinished")
                .hint("set KODA_OBJECT_STORAGE_CAPACITY_URL in place of the quota if the storage has such an endpoint")
                .observed("used_bytes", used, "bytes")
                .observed("objects", count, "objects");
    }
}
