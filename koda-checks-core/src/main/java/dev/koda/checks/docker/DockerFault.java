package dev.koda.checks.docker;

/** Why Docker gave no answer that can be used. */
enum DockerFault {
    /** There is no such file: no Docker here, or not for us. */
    NO_SOCKET,
    /** The file is there and not for this user. */
    PERMISSION,
    /** Nobody listens on it. */
    REFUSED,
    /** No answer in time. */
    TIMEOUT,
    /** An answer that is not one of the Engine API. */
    UNEXPECTED
}
