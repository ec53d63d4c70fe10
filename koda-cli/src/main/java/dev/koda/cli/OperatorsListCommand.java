package dev.koda.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "Print who is an operator, and who was.",
        footer = {
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda operators list --json | jq '.operators[].name'"
        })
final class OperatorsListCommand implements Runnable {
    private static final int TO_THE_MINUTE = "2026-11-28T10:00".length();

    private final Shell shell;

    @Option(names = "--json", description = "Print the answer of the server, as it is.")
    private boolean isJson;

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    OperatorsListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var answer = operations.client(shell).json("GET", "/operators");
        shell.document(isJson ? answer.encodePrettily() + "\n" : text(answer.getJsonArray("items", new JsonArray())));
    }

    private static String text(JsonArray operators) {
        var text = new StringBuilder();
        for (int i = 0; i < operators.size(); i++) {
            text.append(line(operators.getJsonObject(i))).append('\n');
        }
        return text.isEmpty() ? "no operators\n" : text.toString();
    }

    private static String line(JsonObject operator) {
        var line = "%-24s %-8s added %s by %s"
                .formatted(
                        word(operator, "name"),
                        word(operator, "role"),
                        minute(operator, "created_at"),
                        word(operator, "created_by"));
        return operator.containsKey("revoked_at")
                ? line + ", revoked " + minute(operator, "revoked_at") + " by " + word(operator, "revoked_by")
                : line;
    }

    private static String minute(JsonObject operator, String field) {
        var time = word(operator, field);
        return time.length() < TO_THE_MINUTE ? time : time.substring(0, TO_THE_MINUTE) + "Z";
    }

    /** A foreign text must not steer a terminal. */
    private static String word(JsonObject operator, String field) {
        return operator.getString(field, "").replaceAll("[^ -~]", "?");
    }
}
