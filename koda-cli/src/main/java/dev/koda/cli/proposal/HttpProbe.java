package dev.koda.cli.proposal;

import dev.koda.checks.settings.ComposeFile.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a service answers over HTTP when it is well.
 *
 * @param path to ask for
 * @param expect the status, as koda.yaml writes it
 */
record HttpProbe(String path, Object expect) {
    private static final Pattern URL = Pattern.compile(
            "http://([A-Za-z0-9.-]+|\\[::1?])(?::(\\d{1,5}))?(/[A-Za-z0-9/_.~%-]*)?(?![A-Za-z0-9/_.~%?#:$-])");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "[::]");
    /** Any answer but a server error: it speaks HTTP, whoever may come in. */
    private static final String ANY = "200-499";

    private static final Set<Integer> WEB_PORTS =
            Set.of(80, 3000, 3001, 4000, 4200, 5000, 5173, 8000, 8008, 8080, 8081, 8888, 9000, 9090);
    /** By the last word of an image and the port inside: the health endpoint that its documentation names. */
    private static final Map<String, Map<Integer, HttpProbe>> IMAGES = Map.ofEntries(
            Map.entry("alertmanager", one(9093, "/-/ready", 200)),
            Map.entry("clickhouse-server", one(8123, "/ping", 200)),
            Map.entry("consul", one(8500, "/v1/status/leader", 200)),
            Map.entry("elasticsearch", one(9200, "/", List.of(200, 401))),
            Map.entry("etcd", one(2379, "/health", 200)),
            Map.entry("gitea", one(3000, "/api/healthz", 200)),
            Map.entry("grafana", one(3000, "/api/health", 200)),
            Map.entry("influxdb", one(8086, "/health", 200)),
            Map.entry("koda-app", one(8090, "/health", 200)),
            Map.entry("koda-web", one(3000, "/api/health", 200)),
            Map.entry("loki", one(3100, "/ready", 200)),
            Map.entry("meilisearch", one(7700, "/health", 200)),
            Map.entry("minio", Map.of(9000, new HttpProbe("/minio/health/live", 200), 9001, new HttpProbe("/", ANY))),
            Map.entry("n8n", one(5678, "/healthz", 200)),
            Map.entry("nats", one(8222, "/healthz", 200)),
            Map.entry("nextcloud", one(80, "/status.php", 200)),
            Map.entry("ollama", one(11434, "/", 200)),
            Map.entry("opensearch", one(9200, "/", List.of(200, 401))),
            Map.entry("prometheus", one(9090, "/-/ready", 200)),
            Map.entry("qdrant", one(6333, "/readyz", 200)),
            Map.entry("rabbitmq", one(15672, "/", 200)),
            Map.entry("registry", one(5000, "/v2/", List.of(200, 401))),
            Map.entry(
                    "seaweedfs",
                    Map.of(9333, new HttpProbe("/cluster/status", 200), 8080, new HttpProbe("/status", 200))),
            Map.entry("tempo", one(3200, "/ready", 200)),
            Map.entry("vault", one(8200, "/v1/sys/health", List.of(200, 429))),
            Map.entry("weaviate", one(8080, "/v1/.well-known/ready", 200)));

    private static Map<Integer, HttpProbe> one(int port, String path, Object expect) {
        return Map.of(port, new HttpProbe(path, expect));
    }

    /** The probe of a port inside a service: that of its health check, of its image, or of any web server. */
    static Optional<HttpProbe> of(Service service, int target) {
        var own = ofHealthTest(service, target);
        if (own.isPresent()) {
            return own;
        }
        var known = IMAGES.get(imageName(service));
        if (known != null) {
            return Optional.ofNullable(known.get(target));
        }
        return WEB_PORTS.contains(target) ? Optional.of(new HttpProbe("/", ANY)) : Optional.empty();
    }

    /** What curl and wget take for well: not an error, and a redirect is none. */
    @SuppressWarnings("NullAway") // A group that did not take part is null.
    private static Optional<HttpProbe> ofHealthTest(Service service, int target) {
        var urls = URL.matcher(service.healthTest());
        while (urls.find()) {
            var host = urls.group(1).toLowerCase(Locale.ROOT);
            int port = urls.group(2) == null ? 80 : Integer.parseInt(urls.group(2));
            boolean isItself =
                    LOCAL.contains(host) || host.equals(service.name().toLowerCase(Locale.ROOT));
            if (isItself && port == target) {
                return Optional.of(new HttpProbe(urls.group(3) == null ? "/" : urls.group(3), "200-399"));
            }
        }
        return Optional.empty();
    }

    /** {@code registry.example:5000/team/grafana-oss:11@sha256:..} is {@code grafana}. */
    private static String imageName(Service service) {
        var image = service.image() == null ? "" : service.image();
        var last = image.substring(image.lastIndexOf('/') + 1);
        return last.replaceFirst("[:@].*", "").replaceFirst("-(oss|enterprise)$", "");
    }
}
