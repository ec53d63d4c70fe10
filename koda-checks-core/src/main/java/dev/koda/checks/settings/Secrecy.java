package dev.koda.checks.settings;

import dev.koda.checks.Redactor;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides what is secret: by declaration, else by name, else because a password or a token stands in the value. */
final class Secrecy {
    /** Short values of unknown names are words such as {@code true}; masking them would mask ordinary text. */
    private static final int SHORTEST_OF_UNKNOWN = 8;

    private static final Pattern NAME = Pattern.compile("(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|DSN|"
            + "_PASS|_PWD|(API|ACCESS|PRIVATE|SECRET|MASTER|SIGNING|ENCRYPTION|HMAC)_?KEY)S?\\d*(_.*)?"
            + "|.*_KEYS?(_?\\d+|_(OLD|NEW|PREVIOUS|CURRENT|NEXT))?");
    /** Keys that are made to be shown, and names that tell how long, how many, where or whether, as Koda has them. */
    private static final Pattern PUBLIC_NAME = Pattern.compile("(?i).*((PUBLIC|PUBLISHABLE)_?KEYS?|(?<!ACCESS)_KEY_ID|"
            + "_(FILE|DIR|TTL|SECONDS|MINUTES|HOURS|DAYS|MS|LENGTH|LIMIT|COUNT|PER_USER|ENABLED|REQUIRED|ALGORITHM))");

    private static final Pattern URL_PASSWORD = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s/:@?#]*:(.+)@.*");
    private static final Pattern URL_TOKEN = Pattern.compile("(?i)https?://([^\\s/:@?#]+)@.*");
    /** The same anywhere in a value; bounded, so that a long value of another kind takes no quadratic time. */
    private static final Pattern USER_INFO =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]{0,30}://[^\\s/:@?#]{0,200}+(:[^@]{1,400}+)?+@");
    /** As in {@code host=db password=..}, {@code Server=db;Password=..} and {@code jdbc:..?user=koda&password=..}. */
    private static final Pattern PAIR =
            Pattern.compile("(?i)(?:^|[\\s;&?])(?:password|passwd|pwd)\\s{0,9}=\\s{0,9}('[^']+'|[^\\s;&']+)");

    private static final Pattern PLAIN_DSN = Pattern.compile("(postgres(?:ql)?://[A-Za-z0-9._-]+:)[^\\s/:@?#]+"
            + "(@[A-Za-z0-9.-]+(?::\\d+)?/[A-Za-z0-9._-]+(?:\\?sslmode=[a-z-]+)?)");

    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private Secrecy() {}

    static boolean isSecret(String name, String text) {
        var known = KnownSettings.find(name);
        boolean isByName = known.isPresent() ? isSecret(known.get(), text) : isSecretName(name);
        return isByName || holdsSecret(text);
    }

    /** A switch whose name speaks of a secret is none, unless somebody took it for the secret itself. */
    private static boolean isSecret(Setting<?> setting, String text) {
        boolean isMistaken = isSecretName(setting.name())
                && !text.isBlank()
                && setting.type().parse(text).isEmpty();
        return setting.isSecret() || isMistaken;
    }

    /** A secret as it may be shown: of a DSN in which nothing can be taken for another part, all but the password. */
    static String masked(String text) {
        var dsn = PLAIN_DSN.matcher(text.strip());
        return dsn.matches() ? dsn.group(1) + Redactor.MASK + dsn.group(2) : Redactor.MASK;
    }

    private static boolean isSecretName(String name) {
        return NAME.matcher(name).matches() && !PUBLIC_NAME.matcher(name).matches();
    }

    private static boolean holdsSecret(String text) {
        boolean isInUrl = text.contains("://")
                && (USER_INFO.matcher(text).find()
                        || URL_PASSWORD.matcher(text.strip()).matches());
        return isInUrl || (text.indexOf('=') >= 0 && PAIR.matcher(text).find());
    }

    /** True if it is certainly the name of a variable in this template, and no piece of a secret behind a dollar sign. */
    static boolean isVariable(String name, String template) {
        return template.contains("${" + name) && VARIABLE.matcher(name).matches();
    }

    /**
     * True if a part of a secret stands in a file itself.
     *
     * @param literal the value as it stands there, without what variables put into it
     */
    static boolean standsIn(String name, String literal) {
        return literal.contains("://") ? holdsSecret(literal) : !literal.isBlank() && isSecret(name, literal);
    }

    /** The texts that must never appear anywhere because of this value; the values of a list each. */
    static Set<String> secretsIn(SettingValue value) {
        var found = new LinkedHashSet<String>();
        boolean isKnown = KnownSettings.find(value.name()).isPresent();
        var text = value.text().strip();
        if (!value.isSecret() || text.isEmpty() || (!isKnown && text.length() < SHORTEST_OF_UNKNOWN)) {
            return found;
        }
        found.add(value.text());
        found.add(text);
        addParts(text, found);
        if (value.name().equals(OwnSettings.CONTROL_PLANE_API_TOKEN.name())) {
            SettingType.LIST.parse(text).ifPresent(found::addAll);
        }
        return found;
    }

    /** A user's name alone is none, but for HTTP, where a token often stands in its place. */
    private static void addParts(String text, Set<String> found) {
        PostgresDsn.parse(text).map(PostgresDsn::password).map(Secret::reveal).ifPresent(found::add);
        for (var shape : new Pattern[] {URL_PASSWORD, URL_TOKEN}) {
            var url = shape.matcher(text);
            if (url.matches()) {
                found.add(url.group(1));
            }
        }
        PAIR.matcher(text)
                .results()
                .map(pair -> pair.group(1).replaceAll("^'|'$", ""))
                .forEach(found::add);
    }
}
