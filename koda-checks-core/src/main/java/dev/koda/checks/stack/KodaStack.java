package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.config.ConfigChecks;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.runtime.RuntimeChecks;
import dev.koda.checks.secrets.SecretsChecks;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a stack, out of its settings: the only place where suites are composed, used by server and CLI alike, so
 * that both ask the same questions. Opens nothing; what does not apply is skipped by settings alone, with the reason.
 */
public final class KodaStack {
    private final Settings settings;
    private final Composition composition;

    private KodaStack(Settings settings, SuppressionPart suppressions) {
        this.settings = settings;
        var embedded = EmbeddedHint.of(settings);
        composition = new Composition(spec -> suppressions.quieted(embedded.explain(spec)));
    }

    /**
     * The stack that the settings describe.
     *
     * @param clients asked for clients when checks run; stays the caller's
     * @param inProcess what the server knows about itself, null anywhere else
     * @throws SettingsException if koda.yaml declares a check that depends on one that there is not
     */
    public static KodaStack of(
            Settings settings, StackClients clients, TimeSource time, @Nullable InProcess inProcess) {
        return of(settings, clients, time, inProcess, Path.of("/"));
    }

    /** The same on a host with this root of its file system. */
    static KodaStack of(
            Settings settings, StackClients clients, TimeSource time, @Nullable InProcess inProcess, Path root) {
        var suppressions = new SuppressionPart(settings, time);
        var stack = new KodaStack(settings, suppressions);
        stack.compose(suppressions, clients, time, inProcess, root);
        return stack;
    }

    private void compose(
            SuppressionPart suppressions,
            StackClients clients,
            TimeSource time,
            @Nullable InProcess inProcess,
            Path root) {
        if (settings.get(OwnSettings.KODA_ALLOW_LINK_LOCAL).orElse(false)) {
            clients.allowLinkLocal();
        }
        if (inProcess != null) {
            clients.tell(inProcess.refused());
        }
        var install = new ComposeInstall(settings, clients);
        var network = ComposeNetwork.of(install, inProcess == null && !ComposeNetwork.isContainer(root));
        composition.add(ConfigChecks.of(ConfigOptionsOf.of(settings)));
        suppressions.addTo(composition);
        composition.add(SecretsChecks.of(SecretsOptionsOf.of(settings)));
        // A server has a sample of before, and its readiness must not wait for a second one at the start.
        var postgres = new PostgresPart(settings, clients, time, network);
        var platform = postgres.addTo(composition);
        new BackupPart(settings, clients, time, postgres, network).addTo(composition);
        new ObjectStorePart(settings, clients, time, network).addTo(composition);
        new DiskPart(settings, time).addTo(composition);
        new ReachabilityPart(settings, clients).addTo(composition);
        platform.addTo(composition);
        new PlatformNetworkPart(settings, clients, time, network).addTo(composition);
        if (inProcess != null) {
            composition.add(RuntimeChecks.inProcess(inProcess.gate(), inProcess.loops(), inProcess.lag()));
        }
        var integrations = inProcess == null ? Integrations.none() : inProcess.integrations();
        new ProviderPart(settings, clients, integrations).addTo(composition);
        var names = new NetworkPart(settings, clients, time, postgres);
        new TlsPart(settings, clients, time, network, names.names()).addTo(composition);
        names.addTo(composition);
        new SystemPart(settings, time, root).addTo(composition);
        new DockerPart(settings, install, time).addTo(composition);
        new HardeningPart(settings, clients, root).addTo(composition);
        var noExec = inProcess == null ? null : ExecTrust.obstacle(settings).orElse(null);
        var heartbeats = inProcess == null ? null : inProcess.heartbeats();
        var kinds = new CustomKinds(settings, clients, time, postgres, noExec, heartbeats);
        new CustomPart(settings, kinds, integrations).addTo(composition);
        new NotifyPart(settings, clients).addTo(inProcess == null ? null : inProcess.notifications());
    }

    /** The checks, in the order of the report. */
    public List<CheckSpec> specs() {
        return composition.specs();
    }

    /** What does not apply. */
    public List<Skip> skips() {
        return composition.skips();
    }

    /** What the reports are about. */
    public Service service() {
        return new Service(settings.serviceName(), KodaVersion.text(), settings.environment());
    }

    /** Takes every secret of the settings out of texts. */
    public Redactor redactor() {
        return Redactor.of(settings::secretValues);
    }

    /** Declares all of it: checks, skips, service and redactor. */
    public CheckEngine.Builder addTo(CheckEngine.Builder builder) {
        composition.addTo(builder);
        return builder.service(service()).redactor(redactor());
    }
}
