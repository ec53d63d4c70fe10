package dev.koda.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print what lets a shell complete the commands and options of koda.",
        footer = {"", "For this session: source <(koda completion bash)"})
final class CompletionCommand implements Runnable {
    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "Which shell: bash.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (!name.equals("bash")) {
            throw new ParameterException(spec.commandLine(), "there is completion for bash, not for '" + name + "'");
        }
        shell.document(AutoComplete.bash("koda", spec.root().commandLine()));
    }
}
