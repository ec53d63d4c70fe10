package dev.koda.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        abbreviateSynopsis = true,
        description = "Revoke an operator: token, sessions and streams end within 30 seconds.",
        footer = {
            "",
            "The name may be given again; what the former one did stays in the audit log.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda operators revoke alice"
        })
final class OperatorsRevokeCommand implements Runnable {
    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "Their name.")
    private String name = "";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    OperatorsRevokeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        operations.client(shell).done("DELETE", "/operators/" + path);
        shell.say("koda: " + name + " is no operator any more");
    }
}
