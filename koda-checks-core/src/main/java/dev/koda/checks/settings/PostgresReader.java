package dev.koda.checks.settings;

import dev.koda.checks.Threshold.Direction;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code postgres} of a check of koda.yaml: a query, and where it is asked. */
final class PostgresReader {
    static final List<String> KEYS = List.of("query", "dsn", "setting", "unit", "direction");
    static final List<String> DIRECTIONS = List.of("above", "below");

    private static final Pattern UNIT = Pattern.compile("[A-Za-z%][A-Za-z0-9 _%/-]{0,39}");

    private final YamlReader yaml;

    PostgresReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    @Nullable
    CheckKind read(Node node) {
        var values = yaml.values(node, "postgres", "a query", KEYS);
        var queryNode = values.get("query");
        if (queryNode == null) {
            yaml.problem(node, "postgres has no query");
        }
        var query = queryNode == null ? null : yaml.word(queryNode, "query");
        var dsn = dsn(values.get("dsn"));
        var setting = setting(values.get("setting"));
        if (values.containsKey("dsn") && values.containsKey("setting")) {
            yaml.problem(node, "postgres has a dsn or the name of a setting that holds one, not both");
        }
        var unit = unit(values.get("unit"));
        var direction = direction(values.get("direction"));
        return query == null ? null : new CheckKind.Postgres(query, dsn, setting, unit, direction);
    }

    private @Nullable PostgresDsn dsn(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        var text = yaml.word(node, "dsn");
        if (text == null) {
            return null;
        }
        yaml.secret("DSN", text);
        var dsn = SettingType.POSTGRES_DSN.parse(text);
        if (dsn.isEmpty()) {
            yaml.problem(node, "dsn must be " + SettingType.POSTGRES_DSN.expected());
        }
        return dsn.orElse(null);
    }

    private @Nullable String setting(@Nullable Node node) {
        var name = node == null ? null : yaml.word(node, "setting");
        if (name != null) {
            yaml.secretSetting(name);
        }
        return name;
    }

    private String unit(@Nullable Node node) {
        var unit = node == null ? null : yaml.word(node, "unit");
        if (node == null || unit == null) {
            return "units";
        }
        if (!UNIT.matcher(unit).matches()) {
            yaml.problem(node, "unit must be a plain word in plural, such as invoices, of at most 40 characters");
        }
        return unit;
    }

    private Direction direction(@Nullable Node node) {
        var word = node == null ? null : yaml.word(node, "direction");
        if (node == null || word == null || word.equals("above")) {
            return Direction.ABOVE;
        }
        if (!DIRECTIONS.contains(word)) {
            yaml.unknown(node, "direction", word, DIRECTIONS);
        }
        return Direction.BELOW;
    }
}
