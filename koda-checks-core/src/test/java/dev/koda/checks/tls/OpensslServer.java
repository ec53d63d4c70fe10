package dev.koda.checks.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A server of openssl, which still speaks what no JDK does; it ends with its closing. */
final class OpensslServer implements AutoCloseable {
    private static final Pattern ACCEPT = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int port;

    private OpensslServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Presents the chain.
     *
     * @param options such as {@code -tls1_1} for that version alone
     */
    static OpensslServer start(Path directory, Issued presented, String... options) throws IOException {
        var pem = Files.writeString(directory.resolve("served.pem"), presented.keyPem() + presented.chainPem());
        var command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-www"));
        command.addAll(List.of("-cert", pem.toString(), "-key", pem.toString(), "-cert_chain", pem.toString()));
        command.addAll(List.of("-cipher", "DEFAULT@SECLEVEL=0"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The file of the host may switch off what is wanted here.
        builder.environment().put("OPENSSL_CONF", "/dev/null");
        var process = builder.start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            var accept = ACCEPT.matcher(line);
            if (accept.find()) {
                return new OpensslServer(process, Integer.parseInt(accept.group(1)));
            }
        }
        throw new IOException("openssl does not serve");
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
