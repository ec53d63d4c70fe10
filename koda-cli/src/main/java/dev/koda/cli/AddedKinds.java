package dev.koda.cli;

import dev.koda.checks.CheckResult;
import dev.koda.cli.AddedKind.Asked;
import dev.koda.cli.AddedKind.UnusableException;
import dev.koda.cli.proposal.ProposedCheck;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds that {@code koda checks add} knows; here one is added. */
final class AddedKinds {
    /** No server answers so, which makes the first measurement say what it answers instead. */
    private static final int NO_STATUS = 599;
    /** From here on the answer is an error: of the path, of who asks, or of the server. */
    private static final int FIRST_ERROR = 400;

    private static final int HTTPS = 443;
    private static final Pattern PASSWORD = Pattern.compile("^[a-z]+://[^/@?#]*:(?!\\$\\{)[^/@?#]+@");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "[?&][^=&]*(?:token|key|secret|password|signature|sig|auth)[^=&]*=(?!\\$\\{)[^&]",
            Pattern.CASE_INSENSITIVE);

    private AddedKinds() {}

    /** All of them; relative paths begin in the directory. */
    static List<AddedKind> all(Path directory) {
        return List.of(
                one("http", "URL", "what a URL answers", "http://127.0.0.1:8080/health", AddedKinds::http)
                        .seeing(AddedKinds::answered),
                one("tcp", "HOST:PORT", "whether a port takes connections", "127.0.0.1:5432", AddedKinds::tcp),
                one("tls", "HOST[:PORT]", "the certificate of a server", "billing.example.com", AddedKinds::tls),
                one("dns", "HOST", "whether a name has an address", "billing.example.com", AddedKinds::dns),
                one("disk", "PATH", "the room on a volume", "/var/backups", path -> disk(path, directory)),
                one("secret", "NAME", "whether a setting has a value", "STRIPE_KEY", AddedKinds::secret),
                one(
                        "postgres",
                        "QUERY",
                        "the number that a query gives",
                        "'SELECT count(*) FROM jobs'",
                        AddedKinds::query),
                many("exec", "COMMAND", "what a plugin for Nagios says", "check_load -w 5 -c 9", AddedKinds::exec));
    }

    private static AddedKind one(
            String key, String label, String asks, String example, Function<String, Asked> reader) {
        return new AddedKind(
                key, label, asks, example, false, words -> reader.apply(words.get(0)), (check, seen) -> check);
    }

    private static AddedKind many(
            String key, String label, String asks, String example, Function<List<String>, Asked> reader) {
        return new AddedKind(key, label, asks, example, true, reader, (check, seen) -> check);
    }

    private static Asked http(String url) {
        if (PASSWORD.matcher(url).find() || SECRET_PARAMETER.matcher(url).find()) {
            throw new UnusableException("the URL holds a secret, which does not belong into koda.yaml; put a variable"
                    + " there, in single quotes: 'https://me:${PASSWORD}@host/'");
        }
        Map<String, Object> keys = new LinkedHashMap<>(Map.of("url", url));
        var measured = new LinkedHashMap<>(keys);
        measured.put("expect", NO_STATUS);
        return new Asked(url.replaceFirst("^[a-z]+://([^/@]*@)?", ""), keys, measured);
    }

    /** What it answered is what is expected from now on; an error of the server is not. */
    private static ProposedCheck answered(ProposedCheck check, CheckResult result) {
        int status = status(result);
        if (status == 0 || status >= FIRST_ERROR) {
            return check;
        }
        var keys = new LinkedHashMap<>(check.asked());
        keys.put("expect", status);
        return check.asking(keys);
    }

    /** The status of the answer of a web server; 0 if there is none, and for all other kinds. */
    static int status(CheckResult result) {
        var reason = result.reason();
        var status = result.outcome().observed().get("status");
        return status == null || reason == null || !reason.code().equals("http_status")
                ? 0
                : status.value().intValue();
    }

    /** True if the thing that was measured is well. */
    static boolean isWell(CheckResult result) {
        int status = status(result);
        return status > 0 ? status < FIRST_ERROR : result.status().isOk();
    }

    private static Asked tcp(String target) {
        int colon = target.lastIndexOf(':');
        var host = colon < 0 ? "" : target.substring(0, colon).replaceAll("[\\[\\]]", "");
        var port = target.substring(colon + 1);
        if (host.isBlank() || port.isBlank()) {
            throw new UnusableException("expected HOST:PORT, such as 127.0.0.1:5432 or '[::1]:22'");
        }
        var keys = new LinkedHashMap<String, Object>();
        keys.put("host", host);
        keys.put("port", port.matches("\\d{1,5}") ? (Object) Integer.valueOf(port) : port);
        return new Asked(target, keys);
    }

    private static Asked tls(String target) {
        boolean hasPort = target.matches(".*[^:]:[^:\\]]+|\\[.*]:.*");
        return hasPort ? tcp(target) : tcp(target + ":" + HTTPS);
    }

    private static Asked query(String text) {
        return new Asked("custom.query", Map.of("query", text));
    }

    private static Asked dns(String host) {
        return new Asked(host, Map.of("host", host));
    }

    private static Asked disk(String path, Path directory) {
        var absolute = path.startsWith("$")
                ? path
                : directory.resolve(path).normalize().toString();
        return new Asked("room." + absolute, Map.of("path", absolute));
    }

    private static Asked secret(String name) {
        return new Asked("custom." + name, Map.of("setting", name));
    }

    private static Asked exec(List<String> command) {
        var program = command.get(0);
        var name = program.substring(program.lastIndexOf('/') + 1);
        return new Asked("custom." + name, Map.of("command", command));
    }
}
