package dev.koda.checks.stack;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.settings.KodaCompose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Knows the names that Koda's compose file gives to its services: outside its network they do not resolve, and that is
 * no fault. The warning says which command asks inside, and nothing that depends on the answer is run.
 */
final class ComposeNetwork {
    private static final Reason NOT_FOUND = new Reason("dns_not_found");

    private final boolean isMaybeOutside;

    /**
     * @param isMaybeOutside false where a name that does not resolve is a fault: for a server, which needs what it
     *     serves, and for a command inside a container, where such a name is gone when its service has stopped
     */
    ComposeNetwork(boolean isMaybeOutside) {
        this.isMaybeOutside = isMaybeOutside;
    }

    /** True if Docker or Podman left its mark in this file system: each puts one into every container. */
    static boolean isContainer(Path root) {
        return Stream.of(".dockerenv", "run/.containerenv").anyMatch(mark -> Files.exists(root.resolve(mark)));
    }

    /** The same checks; where we may be outside, a service whose name is not found is explained and not reported. */
    List<CheckSpec> explain(List<CheckSpec> specs, String host, String command) {
        if (!isMaybeOutside || !KodaCompose.isServiceName(host)) {
            return specs;
        }
        return specs.stream()
                .map(spec -> spec.wrapped(check -> new ExplainedCheck(check, host, command)))
                .toList();
    }

    private record ExplainedCheck(Check check, String service, String command) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            return check.run(context).thenApply(this::explained);
        }

        private Outcome explained(Outcome outcome) {
            if (!NOT_FOUND.equals(outcome.reason())) {
                return outcome;
            }
            return Outcome.warn(service + " is a name of Koda's compose network and does not resolve on this host")
                    .reason("compose_network_only")
                    .hint("ask inside the network: " + command)
                    .stopsDependents();
        }
    }
}
