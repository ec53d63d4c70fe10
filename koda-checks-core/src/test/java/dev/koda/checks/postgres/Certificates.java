package dev.koda.checks.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and the server certificates it signs, made with the JDK's keytool as PEM files. */
final class Certificates {
    private static final String PASSWORD = "keystore";

    private final Path directory;
    private final Path store;

    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        store = directory.resolve("authority.p12");
        keytool("-genkeypair", "-alias", "root", "-dname", "CN=Test authority", "-ext", "bc:c=ca:true");
        pem("root", directory.resolve("root.pem"));
    }

    /** What signed all others. */
    Path root() {
        return directory.resolve("root.pem");
    }

    /** A certificate with its key under the same name; {@code validity} are keytool's options for it. */
    Path server(String name, String alternativeName, String... validity) throws Exception {
        var signing = new ArrayList<>(List.of(
                "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-signer", "root", "-ext", alternativeName));
        signing.addAll(List.of(validity));
        keytool(signing.toArray(String[]::new));
        pem(name, directory.resolve(name + ".pem"));
        writeKey(name);
        return directory.resolve(name + ".pem");
    }

    static Path keyOf(Path certificate) {
        return certificate.resolveSibling(certificate.getFileName().toString().replace(".pem", ".key"));
    }

    private void pem(String alias, Path target) throws IOException, InterruptedException {
        keytool("-exportcert", "-rfc", "-alias", alias, "-file", target.toString());
    }

    private void writeKey(String alias) throws IOException, GeneralSecurityException {
        Key key;
        try (var in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            key = keys.getKey(alias, PASSWORD.toCharArray());
        }
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        var file = Files.createFile(
                directory.resolve(alias + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool " + arguments[0] + ": " + said);
        }
    }
}
