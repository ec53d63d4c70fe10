package dev.koda.dashboard.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom an operation lets in. */
public enum Access {
    /** Everybody: it checks credentials itself, or tells nothing. */
    ANYONE(null),
    VIEWER(Role.VIEWER),
    OPERATOR(Role.OPERATOR),
    ADMIN(Role.ADMIN);

    private final @Nullable Role role;

    Access(@Nullable Role role) {
        this.role = role;
    }

    /** The least role; empty if no one needs to be known. */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }
}
