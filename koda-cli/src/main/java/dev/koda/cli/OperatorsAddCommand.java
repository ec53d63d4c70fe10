package dev.koda.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        abbreviateSynopsis = true,
        description = "Add an operator and print their token, which is shown once and stored nowhere.",
        footer = {
            "",
            "A viewer looks at everything; an operator also verifies and annotates; an",
            "admin also ends sessions, exports the audit log and looks after operators.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda operators add alice --role operator"
        })
final class OperatorsAddCommand implements Runnable {
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Their name: letters, digits and . _ @ + -")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What they may do: viewer, operator or admin.")
    private String role = "";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    OperatorsAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (!ROLES.contains(role)) {
            throw new ParameterException(spec.commandLine(), "--role is one of " + String.join(", ", ROLES));
        }
        var added =
                operations.client(shell).json("POST", "/operators", new JsonObject(Map.of("name", name, "role", role)));
        shell.say("koda: " + name + " is an operator with the role " + role + "; the token below is shown this once");
        shell.document(added.getString("token", "") + "\n");
    }
}
