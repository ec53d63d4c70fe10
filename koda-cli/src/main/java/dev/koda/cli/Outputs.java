package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.cli.output.TextStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a report goes and in which formats: one document to standard output, any number to files. */
final class Outputs {
    /** ECMA-48: the cursor to the first column of the first line, then nothing on the screen. */
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final Shell shell;
    private final OutputFormat.Taste taste;
    private final OutputFormat document;
    private final Map<Path, OutputFormat> files;
    private final List<Path> lost = new ArrayList<>();

    Outputs(Shell shell, OutputFormat.Taste taste, OutputFormat document, Map<Path, OutputFormat> files) {
        this.shell = shell;
        this.taste = taste;
        this.document = document;
        this.files = new LinkedHashMap<>(files);
    }

    /** True if the exit codes are those of a plugin for Nagios. */
    boolean isPlugin() {
        return document == OutputFormat.NAGIOS;
    }

    /** The same as {@link #write} for one of many: a person sees it in the place of the one before. */
    void redraw(Report report) {
        if (taste.style().terminal() && document == OutputFormat.TEXT) {
            shell.document(HOME_AND_CLEAR);
        }
        write(report);
    }

    /** Writes the whole report everywhere, standard output last: who has read that finds the files. */
    void write(Report report) {
        lost.clear();
        var forFiles = taste.withStyle(TextStyle.plain(true));
        files.forEach((file, format) -> {
            try {
                ReportFile.write(file, format.write(report, forFiles));
            } catch (IOException full) {
                lost.add(file);
            }
        });
        writeDocument(report);
    }

    /** Writes a report to standard output alone: a part must not replace a file that holds a whole one. */
    void writeDocument(Report report) {
        shell.document(document.write(report, taste));
    }

    /** The files that did not get the last report; empty if all did. */
    List<Path> lost() {
        return List.copyOf(lost);
    }
}
