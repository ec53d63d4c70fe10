package dev.koda.checks.tls;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.CheckContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ServerContractTest extends CheckContract {
    private final TlsServer servers = new TlsServer();
    private TlsTarget target = TlsTarget.of("127.0.0.1", 1);
    private TlsOptions options = TlsOptions.DEFAULT;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        var root = Issued.root("Our authority");
        var presented = root.sign("leaf").names("127.0.0.1").issue();
        options = options.roots(Files.writeString(directory.resolve("roots.pem"), root.leafPem()))
                .files(List.of(Files.writeString(
                        directory.resolve("with-key.pem"), presented.keyPem() + presented.chainPem())));
        target = TlsTarget.of("127.0.0.1", servers.presenting(presented.chainPem(), presented));
    }

    @AfterEach
    void close() {
        servers.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(TlsChecks.server(target, options, servers::vertx, TimeSource.system()));
    }

    @Override
    protected CheckId id() {
        return new CheckId("tls.certificate", target.instance());
    }

    /** Every PEM key of a curve begins with these. */
    @Override
    protected List<String> secrets() {
        return List.of("PRIVATE KEY", "MEECAQAwEwYH");
    }
}
