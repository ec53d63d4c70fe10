package dev.koda.checks.system;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.util.List;

/** Makes the checks of the host. */
public final class SystemChecks {
    private SystemChecks() {}

    /**
     * {@code system.memory} and {@code system.file-descriptors}.
     *
     * @param time tells how long ago something was first seen
     */
    public static List<CheckSpec> of(SystemOptions options, TimeSource time) {
        return List.of(
                spec("system.memory").title("Memory is left").blocking(new MemoryCheck(options, time)),
                spec("system.file-descriptors")
                        .title("File descriptors are left")
                        .blocking(new FileDescriptorsCheck(options)));
    }

    private static CheckSpec.Builder spec(String id) {
        return CheckSpec.of(id).documented().scope(Scope.LOCAL).in(Suite.DOCTOR);
    }
}
