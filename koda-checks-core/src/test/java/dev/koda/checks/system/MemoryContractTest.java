package dev.koda.checks.system;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.nio.file.Path;
import java.util.List;

class MemoryContractTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        return SystemChecks.of(SystemOptions.of(Path.of("/")), TimeSource.system());
    }

    @Override
    protected CheckId id() {
        return CheckId.of("system.memory");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }
}
