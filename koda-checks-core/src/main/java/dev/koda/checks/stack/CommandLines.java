package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.CommandLine;
import dev.koda.checks.settings.CheckKind;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.tls.TlsTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines by which an operator asks what a check asked, with the programs of every host: curl, psql, getent, df. None
 * holds a secret: what a line needs of that kind is a variable of the shell.
 */
final class CommandLines {
    /** As long as the slowest of our own checks waits. */
    private static final String SECONDS = "5";

    private static final String LISTING = "?list-type=2&max-keys=1";

    static final Set<String> PUBLIC_HEADERS = Set.of("accept", "content-type", "anthropic-version");

    private CommandLines() {}

    /** The check with this line, or as it is. */
    static CheckSpec with(CheckSpec spec, @Nullable CommandLine line) {
        return line == null ? spec : spec.withCommand(line.toString());
    }

    /** What asks the same as a check of koda.yaml; null for what is a program already, or is not asked by one. */
    static @Nullable CommandLine of(CheckKind kind) {
        if (kind instanceof CheckKind.Http http) {
            return http.body() == null ? curl(http.url(), http.method(), http.headers(), http.redirects()) : null;
        }
        if (kind instanceof CheckKind.Tcp tcp) {
            return port(tcp.host(), tcp.port());
        }
        if (kind instanceof CheckKind.Dns dns) {
            return addresses(dns.host());
        }
        if (kind instanceof CheckKind.Tls tls) {
            return certificates(TlsPart.target(tls));
        }
        if (kind instanceof CheckKind.S3 s3) {
            return s3(s3.endpoint(), s3.region(), s3.bucket());
        }
        return kind instanceof CheckKind.Disk disk ? room("-h", disk.path()) : null;
    }

    /** The answer with its head; null for a URL with a query, which may hold a secret of any shape. */
    static @Nullable CommandLine curl(URI url) {
        return curl(url, "GET", Map.of(), 0);
    }

    /**
     * The same with a method, headers and redirects. Their values become variables, as does userinfo.
     *
     * @param headers by name; of most of them the value is not shown
     */
    static @Nullable CommandLine curl(URI url, String method, Map<String, String> headers, int redirects) {
        if (url.getRawQuery() != null) {
            return null;
        }
        var line = CommandLine.of("curl", method.equals("HEAD") ? "-sSI" : "-sSi", "--max-time", SECONDS);
        if (method.equals("POST")) {
            line = line.word("-X", "POST");
        }
        if (redirects > 0) {
            line = line.word("-L", "--max-redirs", Integer.toString(redirects));
        }
        if (url.getRawUserInfo() != null) {
            line = line.word("--user").variable("", "USER_AND_PASSWORD");
        }
        for (var header : headers.entrySet()) {
            line = header(line.word("-H"), header.getKey(), header.getValue());
        }
        return line.word(bare(url));
    }

    private static CommandLine header(CommandLine line, String name, String value) {
        if (PUBLIC_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            return line.word(name + ": " + value);
        }
        var variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return line.variable(name + ": ", Character.isDigit(variable.charAt(0)) ? "_" + variable : variable);
    }

    static String bare(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        var path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + url.getHost() + port + path;
    }

    /** A listing of one key, signed as S3 wants it; curl before 8 leaves the header out that every store asks for. */
    static CommandLine s3(URI endpoint, String region, String bucket) {
        return signed("-sSi", endpoint, region, bucket, LISTING);
    }

    /** The rules of a bucket by which objects and uploads go away, as XML. */
    static CommandLine s3Lifecycle(URI endpoint, String region, String bucket) {
        return signed("-sS", endpoint, region, bucket, "?lifecycle");
    }

    private static CommandLine signed(String shown, URI endpoint, String region, String bucket, String query) {
        return CommandLine.of("curl", shown, "--max-time", SECONDS, "--aws-sigv4", "aws:amz:" + region + ":s3")
                .word("-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "--user")
                .shell("\"${S3_ACCESS_KEY_ID}:${S3_SECRET_ACCESS_KEY}\"")
                .word(inBucket(endpoint, bucket) + query);
    }

    /** The status that a stranger gets for the same listing. */
    static CommandLine s3AsStranger(URI endpoint, String bucket) {
        return CommandLine.of("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}\\n", "--max-time", SECONDS)
                .word(inBucket(endpoint, bucket) + LISTING);
    }

    private static String inBucket(URI endpoint, String bucket) {
        var root = bare(endpoint);
        return (root.endsWith("/") ? root : root + "/") + bucket;
    }

    /** One query; psql asks for the password, unless PGPASSWORD or a password file has it. */
    static CommandLine psql(PostgresDsn dsn, String query) {
        return CommandLine.of("psql", connection(dsn), "-c", query);
    }

    /** Whether anybody listens. */
    static CommandLine isReady(PostgresDsn dsn) {
        return CommandLine.of("pg_isready", "-t", SECONDS, "-h", dsn.host().name())
                .word("-p", Integer.toString(dsn.host().port()));
    }

    private static String connection(PostgresDsn dsn) {
        var words = new LinkedHashMap<String, String>();
        words.put("host", dsn.host().name());
        words.put("port", Integer.toString(dsn.host().port()));
        words.put("dbname", dsn.database());
        words.put("user", dsn.user());
        words.put("sslmode", dsn.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        words.put("sslrootcert", dsn.parameters().getOrDefault("sslrootcert", ""));
        words.put("connect_timeout", SECONDS);
        var text = new StringBuilder();
        words.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(inConnection(value));
            }
        });
        return text.toString();
    }

    /** As libpq reads it: blanks and quotes stand in quotes. */
    private static String inConnection(String value) {
        return value.matches("[^\\s'\\\\]+")
                ? value
                : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** The certificates that are shown, and what openssl says of them. */
    static CommandLine certificates(TlsTarget target) {
        var host = target.serverName() == null ? target.host() : target.serverName();
        var line = CommandLine.of("openssl", "s_client", "-connect", target.toString(), "-showcerts");
        if (target.isPostgres()) {
            line = line.word("-starttls", "postgres");
        }
        return (host.matches("[0-9.]+") || host.indexOf(':') >= 0 ? line : line.word("-servername", host))
                .shell("</dev/null");
    }

    /** The addresses that a connection would use. */
    static CommandLine addresses(String host) {
        return CommandLine.of("getent", "ahosts", host);
    }

    /** Whether a port takes connections; curl says so and ends, as it has nothing to send. */
    static CommandLine port(String host, int port) {
        var address = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return CommandLine.of("curl", "-sv", "--max-time", SECONDS, "telnet://" + address + ":" + port)
                .shell("</dev/null");
    }

    /** The room, or with {@code -i} the inodes, of a volume. */
    static CommandLine room(String option, Path path) {
        return CommandLine.of("df", option, path.toString());
    }
}
