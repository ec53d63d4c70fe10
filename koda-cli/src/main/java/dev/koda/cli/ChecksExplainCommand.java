package dev.koda.cli;

import dev.koda.checks.Nearest;
import dev.koda.checks.docs.CheckDocs;
import dev.koda.cli.output.ExplanationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = "Say what a check asks, what makes it warn or fail, and what to do; needs no network.",
        footer = {"", "Example: koda checks explain postgres.replication-lag"})
final class ChecksExplainCommand implements Runnable {
    private static final int FARTHEST = 4;

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            completionCandidates = CheckIdCandidates.class,
            description = "The id as a report shows it, such as disk.space.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    ChecksExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var docs = CheckDocs.bundled();
        int instance = id.indexOf('[');
        var name = instance < 0 ? id : id.substring(0, instance);
        var section = docs.of(name).orElseThrow(() -> unknown(name, docs));
        shell.document(ExplanationText.render(section, shell.style()));
    }

    private ParameterException unknown(String name, CheckDocs docs) {
        var nearest = Nearest.of(name, docs.ids(), FARTHEST);
        return new ParameterException(
                spec.commandLine(),
                "there is no built-in check '" + name + "'"
                        + (nearest == null ? "; koda checks list names them" : " (did you mean " + nearest + "?)"));
    }
}
