package dev.koda.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.cli.output.TextStyle;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command was called: what it may read and where it may write.
 *
 * <p>Standard output carries exactly one document; whatever else there is to say goes to standard error.
 *
 * @param environment the process environment
 * @param directory the working directory
 * @param home the user's home directory
 * @param output standard output
 * @param errors standard error
 * @param style what standard output can show
 * @param isErrorTerminal whether a person watches standard error
 */
public record Shell(
        Map<String, String> environment,
        Path directory,
        Path home,
        PrintStream output,
        PrintStream errors,
        TextStyle style,
        boolean isErrorTerminal) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** Writes the one document. */
    public void document(byte[] bytes) {
        output.write(bytes, 0, bytes.length);
        output.flush();
    }

    /** Writes the one document, as text for people. */
    public void document(String text) {
        document(encoded(text));
    }

    /** Says something beside the document, on a line of standard error. */
    public void say(String line) {
        var bytes = encoded(line + '\n');
        errors.write(bytes, 0, bytes.length);
        errors.flush();
    }

    /** The same with less colour. */
    Shell withoutColour() {
        var plain = new TextStyle(style.terminal(), style.columns(), false, style.unicode());
        return new Shell(environment, directory, home, output, errors, plain, isErrorTerminal);
    }

    private byte[] encoded(String text) {
        return text.getBytes(style.unicode() ? UTF_8 : US_ASCII);
    }

    /** Prints no value of the environment. */
    @Override
    public String toString() {
        return "shell in " + directory;
    }
}
