package dev.koda.dashboard.operators;

/** How well it is known who is an operator. */
public enum Knowledge {
    /** Not at all: the store has not answered since this process began, or there is none. */
    NONE,
    /** As it was when the store last answered, more than half a minute ago: somebody may have been revoked since. */
    OLD,
    /** As it is. */
    FRESH
}
