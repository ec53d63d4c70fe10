package dev.koda.checks.hardening;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Is it said who may talk to the agents? */
final class AllowedUsersCheck implements Check {
    private final boolean hasAllowedUsers;

    AllowedUsersCheck(boolean hasAllowedUsers) {
        this.hasAllowedUsers = hasAllowedUsers;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(
                hasAllowedUsers
                        ? Outcome.pass("ALLOWED_USER_IDS names who may talk to the agents")
                        : Outcome.fail("ALLOWED_USER_IDS is empty, and workers do not start without it")
                                .reason("no_allowed_users")
                                .hint("set ALLOWED_USER_IDS to the ids of your users, divided by commas"));
    }
}
