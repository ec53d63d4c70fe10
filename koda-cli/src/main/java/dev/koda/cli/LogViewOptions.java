package dev.koda.cli;

import dev.koda.cli.logs.LogRequest.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how lines of logs are shown. */
final class LogViewOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "pretty: in columns, JSON taken apart; raw: as they were written; json: an object a line with"
                    + " time and source. Default: pretty on a terminal, else raw.")
    private @Nullable Format format;

    @Option(names = "--utc", description = "Times of Greenwich, not of this machine.")
    private boolean isUtc;

    Format format(Shell shell) {
        if (format != null) {
            return format;
        }
        return shell.style().terminal() ? Format.PRETTY : Format.RAW;
    }

    boolean isUtc() {
        return isUtc;
    }
}
