package dev.koda.checks.backup;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Scope;
import java.util.concurrent.CompletionStage;

/** Knows backups. Implementations are safe for use by several threads and do not block. */
public interface BackupSource {
    /** What it is, for people, such as {@code pgBackRest stanza main}; no credentials. */
    String describe();

    /**
     * Asks it, within {@link CheckContext#ioTimeout()}. What goes wrong on the way is {@link Backups#unknown}, and no
     * failure of the stage.
     */
    CompletionStage<Backups> ask(CheckContext context);

    /** Whether every host sees the same; by default not, because files and tools are those of one host. */
    default Scope scope() {
        return Scope.LOCAL;
    }
}
