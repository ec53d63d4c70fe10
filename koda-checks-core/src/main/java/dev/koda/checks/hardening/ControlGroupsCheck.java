package dev.koda.checks.hardening;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.hardening.HardeningOptions.Place;
import java.nio.file.Files;

/** Can agents be isolated in control groups of their own? */
final class ControlGroupsCheck implements CheckSpec.BlockingCheck {
    private final Place root;

    ControlGroupsCheck(Place root) {
        this.root = root;
    }

    @Override
    public Outcome run(CheckContext context) {
        var path = root.path();
        if (!root.isConfigured() && !Files.exists(path)) {
            return Outcome.skipped(path + " is not on this host: Koda's containers have their own");
        }
        if (Files.isDirectory(path) && Files.isWritable(path)) {
            return Outcome.pass(path + " can be written to");
        }
        return Outcome.fail(path + (Files.exists(path) ? " cannot be written to" : " does not exist")
                        + ", so agents are not isolated")
                .reason(Files.exists(path) ? "not_writable" : "missing")
                .hint("make it and give it to the user that the agents run as, or correct KODA_CGROUP_ROOT");
    }
}
