package dev.koda.cli;

import dev.koda.checks.report.CheckListJson;
import dev.koda.cli.output.CheckListText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the checks of this stack and what does not apply to it; nothing is checked.",
        footer = {
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda checks list --json | jq -r '.checks[].id'"
        })
final class ChecksListCommand implements Runnable {
    private final Shell shell;
    private final StackSource source;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "Print them as JSON, with suites, effects and times.")
    private boolean isJson;

    ChecksListCommand(Shell shell, StackSource source) {
        this.shell = shell;
        this.source = source;
    }

    @Override
    public void run() {
        try (var stack = source.open(options.load(shell))) {
            if (isJson) {
                shell.document(CheckListJson.write(stack.checks(), stack.skipped()));
            } else {
                shell.document(CheckListText.render(stack.checks(), stack.skipped(), shell.style()));
            }
        }
    }
}
