package dev.koda.checks.tls;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FilesContractTest extends CheckContract {
    private Path file = Path.of("unset");
    private Path key = Path.of("unset");

    @BeforeEach
    void write(@TempDir Path directory) throws Exception {
        var held = Issued.alone("leaf").names("a.example").days(-100, -1).issue();
        file = Files.writeString(directory.resolve("with-key.pem"), held.keyPem() + held.chainPem());
        key = Files.writeString(
                directory.resolve("other.key"), Issued.alone("other").issue().keyPem());
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(TlsChecks.files(
                "FILES", TlsOptions.DEFAULT.files(List.of(file)).keys(List.of(key)), TimeSource.system()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("tls.certificate", "FILES");
    }

    @Override
    protected List<String> secrets() {
        return List.of("PRIVATE KEY", "MEECAQAwEwYH");
    }
}
