package dev.koda.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "login-link",
        abbreviateSynopsis = true,
        description = "Print a link with which a browser logs in to the operations page, once, within 60 seconds.",
        footer = {"", SettingsOptions.ORDER_BEGINS, SettingsOptions.ORDER_ENDS, "", "Example: koda login-link alice"})
final class LoginLinkCommand implements Runnable {
    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The operator who is to be logged in; default: who has the token of the settings.")
    private @Nullable String name;

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    LoginLinkCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var link = operations.client(shell).loginLink(name);
        shell.say("koda: good once, for " + link.seconds() + " seconds");
        shell.document(link.url() + "\n");
    }
}
