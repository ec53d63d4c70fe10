package dev.koda.cli;

import dev.koda.checks.settings.KnownSettings;
import dev.koda.checks.settings.SettingType;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "generate",
        description = "Print a new random secret; it is stored nowhere.",
        footer = {
            "",
            "It has only letters, digits, - and _: nothing that a URL, a shell or a .env",
            "changes.",
            "",
            "Example: koda secrets generate WEB_OPERATOR_SESSION_SECRET >> .env"
        })
final class SecretsGenerateCommand implements Runnable {
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** As many as AWS gives a key id, which other stores accept too. */
    private static final int KEY_ID_CHARACTERS = 20;
    /** 128 bits, which secrets.strength asks for. */
    private static final int FEWEST_BYTES = 16;

    private static final int MOST_BYTES = 1024;

    private final Shell shell;
    private final SecureRandom random = new SecureRandom();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Print NAME=value, a line for a .env file, in the form that this setting has.")
    private @Nullable String name;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "How many random bytes, 16 to 1024; default: ${DEFAULT-VALUE}.")
    private int bytes = 32;

    SecretsGenerateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (bytes < FEWEST_BYTES || bytes > MOST_BYTES) {
            throw wrong("--bytes must be from " + FEWEST_BYTES + " to " + MOST_BYTES + ", not " + bytes);
        }
        if (name == null) {
            shell.document(secret() + "\n");
            return;
        }
        requireSecret(name);
        shell.document(name + "=" + (name.endsWith("_ACCESS_KEY_ID") ? keyId() : secret()) + "\n");
    }

    private void requireSecret(String setting) {
        if (!setting.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw wrong("the name of a setting has letters, digits and _ only");
        }
        var known = KnownSettings.find(setting);
        if (known.isPresent() && known.get().type() != SettingType.SECRET) {
            throw wrong(setting + " is no secret");
        }
        if (known.isEmpty()) {
            KnownSettings.nearest(setting).ifPresent(meant -> {
                throw wrong(setting + " is not known (did you mean " + meant + "?)");
            });
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private String secret() {
        var value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    private String keyId() {
        var id = new StringBuilder();
        for (int i = 0; i < KEY_ID_CHARACTERS; i++) {
            id.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return id.toString();
    }
}
