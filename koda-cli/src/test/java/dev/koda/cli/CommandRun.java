package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Skipped;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.cli.output.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** One call of {@code koda} in this process: what it wrote where, and its exit code. */
record CommandRun(int code, String output, String errors) {
    static Setup in(Path directory) {
        return new Setup(directory);
    }

    /** The last line of standard error, which says why. */
    String why() {
        var lines = errors.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    static final class Setup {
        private final Path directory;
        private final Map<String, String> environment = new HashMap<>();
        private TextStyle style = TextStyle.plain(true);
        private List<CheckSpec> checks = List.of();
        private List<Skipped> skipped = List.of();
        private boolean isClosed;
        private boolean isReal;

        private Setup(Path directory) {
            this.directory = directory;
        }

        Setup environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Setup style(TextStyle value) {
            style = value;
            return this;
        }

        Setup checks(CheckSpec... specs) {
            checks = List.of(specs);
            return this;
        }

        Setup skipped(Skipped... skips) {
            skipped = List.of(skips);
            return this;
        }

        /** With the checks that the settings describe, as a user has them. */
        Setup real() {
            isReal = true;
            return this;
        }

        boolean isClosed() {
            return isClosed;
        }

        CommandRun koda(String... arguments) {
            var output = new ByteArrayOutputStream();
            var errors = new ByteArrayOutputStream();
            var shell = shell(output, errors);
            int code = KodaCommand.execute(shell, this::open, arguments);
            return new CommandRun(code, output.toString(UTF_8), errors.toString(UTF_8));
        }

        private Shell shell(ByteArrayOutputStream output, ByteArrayOutputStream errors) {
            return new Shell(
                    environment,
                    directory,
                    directory,
                    new PrintStream(output, true, UTF_8),
                    new PrintStream(errors, true, UTF_8),
                    style,
                    false);
        }

        /**
         * Understands the words and does nothing else.
         *
         * @throws CommandLine.ParameterException if they are no command
         */
        void parse(String... arguments) {
            var shell = shell(new ByteArrayOutputStream(), new ByteArrayOutputStream());
            new CommandTree(shell, this::open, new LogsCommand(shell), new AuditTailCommand(shell))
                    .line(arguments)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(arguments);
        }

        private StackSource.OpenStack open(Settings settings) {
            if (isReal) {
                return new ConfiguredStack().open(settings);
            }
            return new StackSource.OpenStack() {
                @Override
                public List<CheckSpec> checks() {
                    return checks;
                }

                @Override
                public List<Skipped> skipped() {
                    return skipped;
                }

                @Override
                public CheckEngine.Builder engine() {
                    return CheckEngine.builder().checks(checks);
                }

                @Override
                public void close() {
                    isClosed = true;
                }
            };
        }
    }
}
