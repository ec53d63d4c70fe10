package dev.koda.checks.config;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Scope;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Makes the checks of the settings. All are in the doctor, local, and look at what the options say and at directories. */
public final class ConfigChecks {
    private ConfigChecks() {}

    /** {@code config.parse}, {@code .required}, {@code .values}, {@code .production} and {@code .paths}. */
    public static List<CheckSpec> of(ConfigOptions options) {
        return List.of(
                spec("config.parse").title("Settings files are clean").run(new ParseCheck(options)),
                spec("config.required").title("Required settings are there").run(new RequiredCheck(options)),
                spec("config.values").title("Values are usable").run(new ValuesCheck(options.conflicts())),
                spec("config.production").title("Fit for production").run(new ProductionCheck(options.production())),
                spec("config.paths")
                        .title("Directories are usable")
                        .blocking(new PathsCheck(
                                options, path -> Files.getFileStore(path).type())));
    }

    /**
     * {@code config.suppress}: whether what is suppressed is still to be.
     *
     * @param known the ids of all checks there are, asked when it runs
     */
    public static CheckSpec suppress(Suppressions suppressions, Supplier<Collection<CheckId>> known, TimeSource time) {
        return spec("config.suppress")
                .title("Suppressions are in force")
                .run(new SuppressCheck(suppressions, known, time));
    }

    private static CheckSpec.Builder spec(String id) {
        return CheckSpec.of(id).documented().in(Suite.DOCTOR).scope(Scope.LOCAL);
    }
}
