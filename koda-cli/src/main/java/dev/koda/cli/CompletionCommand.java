package dev.koda.cli;

import dev.koda.checks.Nearest;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print what lets a shell complete the commands and options of koda.",
        footer = {
            "",
            "One script serves both shells; zsh reads it by way of its bashcompinit.",
            "",
            "Examples:",
            "  source <(koda completion bash)                  for this session",
            "  koda completion bash >> ~/.bash_completion      for every session"
        })
final class CompletionCommand implements Runnable {
    /** The script of picocli is for both. */
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "Which shell: bash or zsh.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (!SHELLS.contains(name)) {
            var nearest = Nearest.of(name, SHELLS, 2);
            throw new ParameterException(
                    spec.commandLine(),
                    "there is completion for bash and zsh, not for '" + name + "'"
                            + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
        }
        shell.document(AutoComplete.bash("koda", spec.root().commandLine()));
    }
}
