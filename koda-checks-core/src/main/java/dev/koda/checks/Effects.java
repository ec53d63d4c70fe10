package dev.koda.checks;

/** What running a check does to the world. */
public enum Effects {
    /** Looks at memory of this process only. */
    NONE,
    /** Reads files or asks other systems. */
    READS,
    /** Writes something, such as a canary object, and removes it again. */
    WRITES
}
