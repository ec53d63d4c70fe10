package dev.koda.cli.logs;

/** A log that can be read. Its methods block, and are called by the one thread that reads it. */
interface LogSource {
    /** As it is shown beside its lines. */
    String name();

    /**
     * Reads what is there.
     *
     * @throws LogsException if it cannot be read
     */
    void history(LineWriter writer) throws LogsException;

    /**
     * Reads what comes after what has been read, until the log ends; may be called again then.
     *
     * @throws LogsException if it cannot be read now
     */
    void follow(LineWriter writer) throws LogsException;

    /** False if the end of the log is its last word, true if it may go on, as that of a service that starts again. */
    boolean goesOn();

    /** True if nobody is surprised that it ends at once, as that of a service that does not run. */
    boolean isStill();
}
