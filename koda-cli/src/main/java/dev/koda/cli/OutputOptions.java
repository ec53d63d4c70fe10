package dev.koda.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how a report is written and where. */
final class OutputOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT[=FILE]",
            converter = Output.Converter.class,
            description = "Write the report as text, json, junit, nagios, openmetrics, health+json or html; may be"
                    + " repeated. Without FILE to standard output, which takes one and gets text if none is for it."
                    + " A FILE is replaced in one step, when the report is whole.")
    private List<Output> wanted = List.of();

    @Option(names = "--json", description = "Short for -o json; docs/schema describes it.")
    private boolean isJson;

    @Option(
            names = "--stable",
            description = "JSON without what differs from run to run: times, durations, measured values.")
    private boolean isStable;

    @Option(names = "--no-color", description = "No colour on a terminal; so does the variable NO_COLOR.")
    private boolean isColourless;

    /**
     * Where the report goes.
     *
     * @throws ParameterException if the options contradict each other, or a file cannot be written
     */
    Outputs outputs(Shell shell, FailOn failOn) {
        var style = isColourless ? shell.withoutColour().style() : shell.style();
        var taste = new OutputFormat.Taste(style, Launcher.of(shell)::locate, isStable, failOn == FailOn.FAIL);
        return new Outputs(shell, taste, document(), files(shell));
    }

    private OutputFormat document() {
        var documents = wanted.stream()
                .filter(output -> output.file() == null)
                .map(Output::format)
                .toList();
        boolean isOther = !documents.isEmpty() && documents.get(0) != OutputFormat.JSON;
        if (documents.size() > 1 || (isJson && isOther)) {
            throw wrong("standard output takes one document; give the others a file, as in -o html=report.html");
        }
        if (isStable && wanted.stream().anyMatch(output -> output.format() != OutputFormat.JSON)) {
            throw wrong("--stable is for JSON alone");
        }
        return isJson || isStable ? OutputFormat.JSON : documents.isEmpty() ? OutputFormat.TEXT : documents.get(0);
    }

    private Map<Path, OutputFormat> files(Shell shell) {
        var files = new LinkedHashMap<Path, OutputFormat>();
        for (var output : wanted) {
            if (output.file() == null) {
                continue;
            }
            var file = path(output.file(), shell);
            var refusal = ReportFile.refusal(file);
            if (refusal != null) {
                throw wrong("cannot write " + file + ": " + refusal);
            }
            if (files.put(file, output.format()) != null) {
                throw wrong("two reports cannot both be " + file);
            }
        }
        return files;
    }

    private Path path(String name, Shell shell) {
        try {
            return shell.directory().resolve(name).normalize();
        } catch (InvalidPathException impossible) {
            throw wrong("no file can have the name after -o FORMAT=");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
