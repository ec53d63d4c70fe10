package dev.koda.dashboard.operators;

import dev.koda.dashboard.http.Role;
import java.util.Objects;
import java.util.UUID;

/**
 * One who may use the operations surface.
 *
 * @param id never used again, also when the name is
 * @param name unlike that of any other who is not revoked
 * @param role what they may do
 */
public record Operator(UUID id, String name, Role role) {
    public Operator {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }
}
