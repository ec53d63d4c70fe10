package dev.koda.checks.backup;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.util.concurrent.CompletionStage;

/** Is the newest backup young and whole enough? */
final class AgeCheck implements Check {
    private final BackupSource source;
    private final AgeRule rule;
    private final TimeSource time;

    AgeCheck(BackupSource source, BackupOptions options, TimeSource time) {
        this.source = source;
        rule = new AgeRule(source.describe(), options);
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return source.ask(context).thenApply(backups -> rule.judge(backups, time.now()));
    }
}
