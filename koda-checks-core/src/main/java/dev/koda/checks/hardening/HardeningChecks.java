package dev.koda.checks.hardening;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.hardening.HardeningOptions.Place;
import dev.koda.checks.network.HttpFetch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the checks of the suite {@code hardening}. */
public final class HardeningChecks {
    /** What they look at changes by hand. */
    private static final Duration EVERY = Duration.ofMinutes(15);

    private static final int OWNER_ONLY_DIRECTORY = 0700;
    private static final int OWNER_ONLY_FILE = 0600;

    private HardeningChecks() {}

    /** The rules of Koda's own strict doctor, under its names. */
    public static List<CheckSpec> koda(HardeningOptions options) {
        var specs = new ArrayList<CheckSpec>();
        specs.add(local("hardening.state-root-owner-only-perms", "State is its owner's alone")
                .blocking(new ModeCheck(options.stateRoot(), OWNER_ONLY_DIRECTORY)));
        specs.add(local("hardening.master-key-perms-0600", "Master key is its owner's alone")
                .blocking(new ModeCheck(options.masterKey(), OWNER_ONLY_FILE)));
        var envFile = options.envFile();
        if (envFile != null) {
            specs.add(local("hardening.env-file-perms-0600", "Settings are their owner's alone")
                    .blocking(new ModeCheck(new Place(envFile, true), OWNER_ONLY_FILE)));
        }
        specs.addAll(tokens(options));
        specs.add(local("hardening.allowed-user-ids-set", "Users are named")
                .run(new AllowedUsersCheck(options.hasAllowedUsers())));
        specs.addAll(switches(options));
        specs.add(local("hardening.audit-retention-at-least-90-days", "Audit is kept")
                .run(new AuditRetentionCheck(options.auditRetentionDays())));
        specs.add(local("hardening.cgroup-root-writable-for-isolation", "Agents can be isolated")
                .blocking(new ControlGroupsCheck(options.controlGroups())));
        return specs;
    }

    private static List<CheckSpec> tokens(HardeningOptions options) {
        return List.of(
                local("hardening.control-plane-api-token-strong", "API token is strong")
                        .run(new TokenCheck("CONTROL_PLANE_API_TOKEN", options.apiTokens())),
                local("hardening.web-operator-session-secret-strong", "Session secret is strong")
                        .run(new TokenCheck("WEB_OPERATOR_SESSION_SECRET", options.sessionSecrets())),
                local("hardening.runtime-local-ui-token-strong", "Runtime token is strong")
                        .run(new TokenCheck("RUNTIME_LOCAL_UI_TOKEN", options.runtimeTokens())));
    }

    private static List<CheckSpec> switches(HardeningOptions options) {
        return List.of(
                local("hardening.loopback-bootstrap-disabled-in-production", "Setup from loopback is off")
                        .run(new SwitchedOffCheck(
                                "ALLOW_LOOPBACK_BOOTSTRAP",
                                options.allowsLoopbackBootstrap(),
                                "whoever reaches this host's loopback may set the stack up")),
                local("hardening.browser-private-network-disabled", "Browser stays out of private networks")
                        .run(new SwitchedOffCheck(
                                "BROWSER_ALLOW_PRIVATE_NETWORK",
                                options.allowsPrivateNetwork(),
                                "an agent's browser may open addresses of the inner network")));
    }

    /**
     * {@code hardening.exposed}: does the public URL show metrics or operations to strangers?
     *
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public static CheckSpec exposed(URI publicUrl, HttpFetch http) {
        return declared("hardening.exposed", "Strangers see no metrics and no operations")
                .timeout(Duration.ofMillis(5100))
                .run(new ExposedCheck(publicUrl, http));
    }

    /**
     * {@code hardening.git-tracked}: does git track one of these files?
     *
     * @param secrets what must stand in a file for it to matter, unless it is a {@code .env}
     */
    public static CheckSpec gitTracked(List<Path> files, Supplier<Set<String>> secrets) {
        return local("hardening.git-tracked", "Settings are not in git")
                .blocking(new GitTrackedCheck(List.copyOf(files), secrets));
    }

    /**
     * {@code hardening.process-arguments}: does a process of this host carry a secret in its arguments?
     *
     * @param proc where the kernel shows processes: {@code /proc}
     * @param secrets the literal values, asked when the check runs; those shorter than 8 characters are left out
     */
    public static CheckSpec processArguments(Path proc, Supplier<Set<String>> secrets) {
        return local("hardening.process-arguments", "No process shows a secret")
                .blocking(new ProcessArgumentsCheck(proc, secrets));
    }

    private static CheckSpec.Builder local(String id, String title) {
        return declared(id, title).scope(Scope.LOCAL);
    }

    private static CheckSpec.Builder declared(String id, String title) {
        return CheckSpec.of(id)
                .documented()
                .title(title)
                .in(Suite.HARDENING)
                .every(EVERY)
                .everyWhenFailing(EVERY)
                .ttl(Duration.ofSeconds(5));
    }
}
