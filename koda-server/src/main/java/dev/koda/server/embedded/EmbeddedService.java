package dev.koda.server.embedded;

/** One service of the embedded stack. Its methods block; the stack calls them one after the other, never at once. */
interface EmbeddedService {
    /** For people, such as {@code the embedded Postgres}. */
    String name();

    /** Starts it and waits until it answers; does nothing half: after a failure nothing of it runs. */
    void start() throws StartException;

    /** Whether it still runs, whether or not it answers; cheap. */
    boolean isAlive();

    /** Stops it in order and keeps its data; does nothing if it does not run. */
    void stop();
}
