package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what one check of a koda.yaml asks. */
final class KindReader {
    static final List<String> KINDS =
            List.of("http", "tcp", "tls", "dns", "disk", "s3", "secret", "exec", "postgres", "heartbeat");
    static final List<String> TCP = List.of("host", "port");
    static final List<String> TLS = List.of("host", "port", "server_name", "starttls", "roots");
    static final List<String> DNS = List.of("host", "addresses");
    static final List<String> DISK = List.of("path");
    static final List<String> SECRET = List.of("setting", "strength");
    static final List<String> EXEC = List.of("command", "env");

    private static final SettingType<String> STRENGTH = SettingType.oneOf("key", "password");

    private static final SettingType<String> STARTTLS = SettingType.oneOf("postgres");

    private final YamlReader yaml;

    KindReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    /** The kind, or null if something is wrong with it. */
    @Nullable
    CheckKind read(String key, Node node) {
        return switch (key) {
            case "http" -> new HttpReader(yaml).read(node);
            case "tcp" -> tcp(node);
            case "tls" -> tls(node);
            case "dns" -> dns(node);
            case "disk" -> disk(node);
            case "s3" -> new S3Reader(yaml).read(node);
            case "secret" -> secret(node);
            case "postgres" -> new PostgresReader(yaml).read(node);
            case "heartbeat" -> new HeartbeatReader(yaml).read(node);
            default -> exec(node);
        };
    }

    private @Nullable CheckKind tcp(Node node) {
        var values = yaml.values(node, "tcp", "host and port", TCP);
        var host = required(node, values, "tcp", "host");
        var port = port(node, values, "tcp");
        return host == null || port == null ? null : new CheckKind.Tcp(host, port);
    }

    private @Nullable Integer port(Node node, Map<String, Node> values, String kind) {
        var port = values.get("port");
        if (port == null) {
            yaml.problem(node, kind + " has no port");
        }
        return port == null ? null : yaml.typed(port, "port", SettingType.PORT);
    }

    private @Nullable CheckKind tls(Node node) {
        var values = yaml.values(node, "tls", "host and port", TLS);
        var host = required(node, values, "tls", "host");
        var port = port(node, values, "tls");
        var name = values.containsKey("server_name") ? required(node, values, "tls", "server_name") : null;
        var starttls = values.get("starttls");
        boolean isPostgres = starttls != null && yaml.typed(starttls, "starttls", STARTTLS) != null;
        var roots = values.get("roots");
        var pem = roots == null ? null : absolute(roots, "roots");
        if (host != null && !isHost(host)) {
            yaml.problem(values.getOrDefault("host", node), "host must be a name or an address without brackets");
            return null;
        }
        if (name != null && !isHost(name)) {
            yaml.problem(values.getOrDefault("server_name", node), "server_name must be a name such as db.example.com");
        }
        return host == null || port == null ? null : new CheckKind.Tls(host, port, name, isPostgres, pem);
    }

    /** What a greeting can carry: a name of another script is written in its ASCII form. */
    private static boolean isHost(String text) {
        return text.matches("[A-Za-z0-9._:%-]+");
    }

    private @Nullable CheckKind dns(Node node) {
        var values = yaml.values(node, "dns", "a host", DNS);
        var host = required(node, values, "dns", "host");
        var listed = values.get("addresses");
        Set<String> addresses = listed == null ? Set.of() : addresses(listed);
        return host == null ? null : new CheckKind.Dns(host, addresses);
    }

    private Set<String> addresses(Node node) {
        var addresses = new LinkedHashSet<String>();
        for (var word : yaml.words(node, "addresses")) {
            IpAddress.parse(word.strip())
                    .ifPresentOrElse(
                            address -> addresses.add(address.getHostAddress()),
                            () -> yaml.problem(node, "addresses must be numbers such as 192.0.2.1 or 2001:db8::1"));
        }
        return addresses;
    }

    private @Nullable CheckKind disk(Node node) {
        var values = yaml.values(node, "disk", "a path", DISK);
        var text = values.get("path");
        if (text == null) {
            yaml.problem(node, "disk has no path");
            return null;
        }
        var path = absolute(text, "path");
        return path == null ? null : new CheckKind.Disk(path);
    }

    private @Nullable Path absolute(Node node, String key) {
        var path = yaml.typed(node, key, SettingType.PATH);
        if (path != null && !path.isAbsolute()) {
            yaml.problem(node, key + " must be absolute");
            return null;
        }
        return path;
    }

    private @Nullable CheckKind secret(Node node) {
        var values = yaml.values(node, "secret", "the name of a setting", SECRET);
        var setting = required(node, values, "secret", "setting");
        var strength = values.get("strength");
        var word = strength == null ? null : yaml.typed(strength, "strength", STRENGTH);
        if (setting != null) {
            yaml.secretSetting(setting);
        }
        return setting == null ? null : new CheckKind.SecretSetting(setting, word);
    }

    private @Nullable CheckKind exec(Node node) {
        var values = yaml.values(node, "exec", "a command", EXEC);
        var list = values.get("command");
        List<String> command = list == null ? List.of() : yaml.words(list, "command");
        var environment = new LinkedHashMap<String, String>();
        var named = values.get("env");
        if (named != null) {
            yaml.texts(named, "env", "names with values").forEach((name, value) -> {
                yaml.secret(name, value);
                environment.put(name, value);
                boolean isUsable = name.matches("[A-Za-z_][A-Za-z0-9_]*") && value.indexOf('\0') < 0;
                if (!isUsable) {
                    yaml.problem(named, "env must hold names such as LC_ALL with texts");
                }
            });
        }
        if (!isProgram(command)) {
            yaml.problem(
                    list == null ? node : list,
                    "exec needs a command: a list of a program and its arguments, the program with an absolute path "
                            + "or a bare name");
            return null;
        }
        return new CheckKind.Exec(command, environment);
    }

    private static boolean isProgram(List<String> command) {
        if (command.isEmpty() || command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            return false;
        }
        var program = command.get(0);
        return !program.isBlank()
                && (program.indexOf('/') < 0
                        || SettingType.PATH
                                .parse(program)
                                .filter(Path::isAbsolute)
                                .isPresent());
    }

    private @Nullable String required(Node node, Map<String, Node> values, String kind, String key) {
        var value = values.get(key);
        if (value == null) {
            yaml.problem(node, kind + " has no " + key);
            return null;
        }
        var word = yaml.word(value, key);
        if (word != null && new HashSet<>(List.of(word.split("\\s", -1))).size() > 1) {
            yaml.problem(value, key + " must be one word");
            return null;
        }
        return word;
    }
}
