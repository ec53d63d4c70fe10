package dev.koda.checks.exec;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.Commands;
import dev.koda.checks.testing.CheckContract;
import java.time.Duration;
import java.util.List;

class ExecContractTest extends CheckContract {
    @Override
    protected List<CheckSpec> specs() {
        var command = Command.of(List.of("sh", "-c", "test -n \"$KEY\" && echo fine >&1", "pl4nted-argument"))
                .with("KEY", "pl4nted-variable");
        return List.of(CheckSpec.of("legacy.plugin")
                .title("Plugin")
                .docs("docs/koda-yaml.md#exec")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(10))
                .run(ExecChecks.plugin(command, Commands.of(TimeSource.system()))));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("legacy.plugin");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pl4nted-argument", "pl4nted-variable");
    }
}
