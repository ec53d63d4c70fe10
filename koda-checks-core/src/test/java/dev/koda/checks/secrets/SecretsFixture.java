package dev.koda.checks.secrets;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.secrets.SecretsOptions.Entry;
import dev.koda.checks.secrets.SecretsOptions.Kind;
import dev.koda.checks.secrets.SecretsOptions.Value;
import java.nio.file.Path;
import java.util.List;

/** Options of a stack whose secrets are good, and what one check says of others. */
final class SecretsFixture {
    static final String SESSION = "Yp3vT0aQm8sKx2LwB7nRz5HdJcE9gUfV1iNqXo4MtCk";
    static final String TOKEN = "q1ZrW8yFbT6uPjC0sLhN4mDkXv9eGaQ3oRiYx7BtUwE";
    static final String PASSWORD = "Hq7LmZ2xVbN9cRtY4wKsPdF6gJaE3uTo";

    private SecretsFixture() {}

    static SecretsOptions good(List<Path> files) {
        return new SecretsOptions(
                true,
                List.of(new Entry("WEB_OPERATOR_SESSION_SECRET", true)),
                List.of(
                        new Value("WEB_OPERATOR_SESSION_SECRET", SESSION, "sessions", Kind.KEY),
                        new Value("CONTROL_PLANE_API_TOKEN", TOKEN, "API", Kind.KEY),
                        new Value("POSTGRES_PASSWORD", PASSWORD, "database", Kind.PASSWORD)),
                files);
    }

    static List<CheckSpec> specs() {
        return SecretsChecks.of(good(List.of()));
    }

    static List<String> planted() {
        return List.of(SESSION, TOKEN, PASSWORD);
    }

    static Value value(String name, String value, Kind kind) {
        return new Value(name, value, name, kind);
    }

    static Outcome answer(String id, boolean isProduction, Value... values) throws Exception {
        return Answer.of(SecretsChecks.of(new SecretsOptions(isProduction, List.of(), List.of(values), List.of())), id);
    }
}
