package dev.koda.checks.hardening;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Koda's eleven rules look at. Printing it shows no secret.
 *
 * @param stateRoot the state directory, 0700
 * @param masterKey Koda's master key, 0600
 * @param envFile the {@code .env} file, 0600; null if there is none
 * @param apiTokens {@code CONTROL_PLANE_API_TOKEN}, several while they are rotated
 * @param sessionSecrets {@code WEB_OPERATOR_SESSION_SECRET}
 * @param runtimeTokens {@code RUNTIME_LOCAL_UI_TOKEN}
 * @param hasAllowedUsers whether {@code ALLOWED_USER_IDS} names somebody
 * @param allowsLoopbackBootstrap {@code ALLOW_LOOPBACK_BOOTSTRAP}
 * @param allowsPrivateNetwork {@code BROWSER_ALLOW_PRIVATE_NETWORK}
 * @param auditRetentionDays {@code AUDIT_RETENTION_DAYS}; 0 if it is not a number
 * @param controlGroups the control group that isolates agents
 */
public record HardeningOptions(
        Place stateRoot,
        Place masterKey,
        @Nullable Path envFile,
        List<String> apiTokens,
        List<String> sessionSecrets,
        List<String> runtimeTokens,
        boolean hasAllowedUsers,
        boolean allowsLoopbackBootstrap,
        boolean allowsPrivateNetwork,
        int auditRetentionDays,
        Place controlGroups) {
    /**
     * A path that a rule looks at.
     *
     * @param path absolute
     * @param isConfigured false for a default of Koda's, which lies in its containers: then it may be missing here
     */
    public record Place(Path path, boolean isConfigured) {
        public Place {
            Objects.requireNonNull(path, "path");
        }
    }

    public HardeningOptions {
        apiTokens = List.copyOf(apiTokens);
        sessionSecrets = List.copyOf(sessionSecrets);
        runtimeTokens = List.copyOf(runtimeTokens);
    }

    @Override
    public String toString() {
        return "HardeningOptions[" + stateRoot + ", " + masterKey + ", " + envFile + "]";
    }
}
