package dev.koda.checks.stack;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.CommandLine;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.docker.Location;
import dev.koda.checks.docker.ServiceLocator;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A service of the compose network, as this host sees it from outside: where it was last found, for those who connect to
 * it, and what a name means that was not. Thread-safe.
 */
final class ComposeService {
    private static final Reason NOT_FOUND = new Reason("dns_not_found");

    private final String name;
    private final int port;
    private final @Nullable ServiceLocator locator;
    private volatile @Nullable Location last;

    /**
     * @param locator null where nobody can be asked
     */
    ComposeService(String name, int port, @Nullable ServiceLocator locator) {
        this.name = name;
        this.port = port;
        this.locator = locator;
    }

    /** Where it was found when a check of it began; null if it was not: then its name is looked up as any other. */
    @Nullable
    InetSocketAddress address() {
        var known = last;
        return known == null ? null : known.address();
    }

    /** What tells people where it was found: {@code container koda-postgres-1}. */
    String container() {
        var known = last;
        return "container " + (known == null ? "" : known.container());
    }

    /** The same checks: the service is looked for before each of them, and its unknown name is explained. */
    List<CheckSpec> explain(List<CheckSpec> specs, CommandLine inside) {
        return specs.stream()
                .map(spec -> spec.wrapped(check -> new LocatedCheck(check, this, inside)))
                .toList();
    }

    private CompletionStage<@Nullable Location> locate(CheckContext context) {
        if (locator == null) {
            return CompletableFuture.completedStage(null);
        }
        return locator.locate(context, name, port).thenApply(found -> {
            last = found;
            return found;
        });
    }

    private record LocatedCheck(Check check, ComposeService service, CommandLine inside) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            return service.locate(context)
                    .thenCompose(found -> asked(context).thenApply(outcome -> explained(outcome, found)));
        }

        private CompletionStage<Outcome> asked(CheckContext context) {
            try {
                return check.run(context);
            } catch (Exception thrown) {
                return CompletableFuture.failedStage(thrown);
            }
        }

        private Outcome explained(Outcome outcome, @Nullable Location found) {
            if (!NOT_FOUND.equals(outcome.reason())) {
                return outcome;
            }
            return found != null && found.kind() == Location.Kind.STOPPED ? stopped(found) : outside(found);
        }

        private Outcome stopped(Location found) {
            return Outcome.fail(service.name + " does not run: its container " + found.container() + " is stopped")
                    .reason("service_stopped")
                    .hint("see why: docker logs --tail 50 " + found.container());
        }

        private Outcome outside(@Nullable Location found) {
            boolean isSeen = found != null && found.kind() == Location.Kind.INSIDE_ONLY;
            boolean isForbidden = found != null && found.kind() == Location.Kind.NOT_ALLOWED;
            var text = isSeen
                    ? service.name + " runs inside Koda's compose network, which this host does not reach"
                    : service.name + " is a name of Koda's compose network and does not resolve on this host";
            var hint = isForbidden
                    ? "run the doctor as a user who may ask Docker, who knows its address; or ask inside: "
                    : "ask inside the network: ";
            return Outcome.warn(text)
                    .reason("compose_network_only")
                    .hint(hint + inside)
                    .stopsDependents();
        }
    }
}
