package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.cli.output.Progress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reports of checks that run in this process. Each has an engine of its own, so that none is answered from the last. */
final class LocalReports implements ReportSource {
    private final Shell shell;
    private final SelectionOptions selection;
    private final StackSource.OpenStack stack;
    private @Nullable CheckEngine engine;
    private @Nullable Progress progress;

    LocalReports(Shell shell, SelectionOptions selection, StackSource source, Settings settings) {
        this.shell = shell;
        this.selection = selection;
        stack = source.open(settings);
    }

    @Override
    public CompletionStage<Report> next(Duration limit) {
        interrupt();
        var watcher = new Progress(shell.errors(), shell.isErrorTerminal(), shell.style(), TimeSource.system());
        var own = stack.engine().listener(watcher).build();
        begin(own, watcher);
        return own.run(selection.query(own, limit)).whenComplete((report, failure) -> watcher.close());
    }

    private synchronized void begin(CheckEngine own, Progress watcher) {
        engine = own;
        progress = watcher;
    }

    @Override
    public synchronized void interrupt() {
        if (engine != null) {
            engine.close();
        }
        if (progress != null) {
            progress.close();
        }
    }

    @Override
    public void close() {
        interrupt();
        stack.close();
    }
}
