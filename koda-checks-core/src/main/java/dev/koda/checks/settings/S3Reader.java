package dev.koda.checks.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code s3} of one check of a koda.yaml. */
final class S3Reader {
    static final List<String> KEYS = List.of("endpoint", "region", "bucket", "access_key", "secret_key", "prefix");

    private static final String REGION = "us-east-1";

    private final YamlReader yaml;

    S3Reader(YamlReader yaml) {
        this.yaml = yaml;
    }

    @Nullable
    CheckKind read(Node node) {
        var values = yaml.values(node, "s3", "an endpoint, a bucket and keys", KEYS);
        var url = required(node, values, "endpoint");
        var endpoint = url == null ? null : yaml.typed(url, "endpoint", SettingType.URL);
        if (endpoint != null) {
            yaml.secret("endpoint", endpoint.toString());
        }
        var bucketNode = required(node, values, "bucket");
        var bucket = bucketNode == null ? null : yaml.word(bucketNode, "bucket");
        if (bucketNode != null && bucket != null && !bucket.matches("[A-Za-z0-9._-]+")) {
            yaml.problem(bucketNode, "bucket must be the name of a bucket");
        }
        var regionNode = values.get("region");
        var region = regionNode == null ? REGION : yaml.word(regionNode, "region");
        var accessKey = key(node, values, "access_key");
        var secretKey = key(node, values, "secret_key");
        var prefixNode = values.get("prefix");
        var prefix = prefixNode == null ? null : yaml.scalar(prefixNode, "prefix");
        return endpoint == null || bucket == null || accessKey == null || secretKey == null
                ? null
                : new CheckKind.S3(
                        endpoint, Objects.requireNonNullElse(region, REGION), bucket, accessKey, secretKey, prefix);
    }

    private @Nullable Node required(Node node, Map<String, Node> values, String key) {
        var value = values.get(key);
        if (value == null) {
            yaml.problem(node, "s3 has no " + key);
        }
        return value;
    }

    /** Empty where a variable is not set: that is no mistake in the file. */
    private @Nullable Secret key(Node node, Map<String, Node> values, String key) {
        var value = required(node, values, key);
        var text = value == null ? null : yaml.scalar(value, key);
        if (text == null) {
            return null;
        }
        yaml.secret(key, text.strip());
        return Secret.of(text.strip());
    }
}
