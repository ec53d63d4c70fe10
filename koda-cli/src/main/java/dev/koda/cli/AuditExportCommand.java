package dev.koda.cli;

import dev.koda.checks.TimeSource;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        abbreviateSynopsis = true,
        description = "Write the audit log as lines of JSON.",
        footer = {
            "",
            "Checkpoints stand behind the last event that they cover, and a last line says",
            "that it is whole. What was not filtered can be verified elsewhere, with",
            "koda audit verify FILE. The export is an audit event itself.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Examples:",
            "  koda audit export > audit.ndjson",
            "  koda audit export --since 24h --type 'security.operator_*'"
        })
final class AuditExportCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final AuditFilterOptions filter = new AuditFilterOptions();

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    AuditExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var query = filter.query(spec.commandLine(), TimeSource.system(), List.of());
        var last = "";
        try (var lines = operations.client(shell).lines("GET", "/audit/export" + query, Map.of())) {
            for (var all = lines.iterator(); all.hasNext() && !shell.output().checkError(); ) {
                last = all.next();
                shell.document((last + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (UncheckedIOException broken) {
            last = "";
        }
        if (!last.startsWith("{\"complete\":true,")) {
            throw new DoctorException(ExitCode.FAIL, "the export is not whole: the connection broke");
        }
        return ExitCode.PASS.code();
    }
}
