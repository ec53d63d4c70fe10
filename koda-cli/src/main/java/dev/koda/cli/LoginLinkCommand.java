package dev.koda.cli;

import io.vertx.core.json.JsonObject;
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
        var client = operations.client(shell);
        var wanted = name == null ? new JsonObject() : new JsonObject().put("name", name);
        var made = client.json("POST", "/login-links", wanted);
        shell.say("koda: good once, for " + made.getLong("seconds", 0L) + " seconds");
        // In the fragment, which a browser sends nowhere and no log has.
        shell.document(client.page("login=" + made.getString("link", "")) + "\n");
    }
}
