package dev.koda.checks.stack;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import java.util.concurrent.CompletionStage;

/**
 * Knows the names that Koda's compose file gives to its services: on the host they do not resolve, and that is no
 * fault. The warning says which command asks inside the network, and nothing that depends on the answer is run.
 */
final class ComposeNetwork {
    private static final Reason NOT_FOUND = new Reason("dns_not_found");

    private ComposeNetwork() {}

    /** The same check, where a name that is not found means that we are outside the network. */
    static CheckSpec explain(CheckSpec spec, String service, String command) {
        return spec.wrapped(check -> new ExplainedCheck(check, service, command));
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
