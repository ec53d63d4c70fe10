package dev.koda.checks.settings;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides what is secret: by declaration, else by name, else because a password stands in a URL. */
final class Secrecy {
    /** Short values of unknown names are words such as {@code true}; masking them would mask ordinary text. */
    private static final int SHORTEST_OF_UNKNOWN = 8;

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_KEY(_ID)?|PRIVATE_KEY|"
                    + "MASTER_KEY|SIGNING_KEY|ENCRYPTION_KEY|HMAC_KEY|DSN)S?");
    private static final Pattern URL_PASSWORD = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s/:@?#]*:(.+)@.*");

    private Secrecy() {}

    static boolean isSecret(String name, String text) {
        var known = KnownSettings.find(name);
        boolean isByName =
                known.isPresent() ? known.get().isSecret() : NAME.matcher(name).matches();
        return isByName || (text.contains("://") && URL_PASSWORD.matcher(text).matches());
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
        PostgresDsn.parse(text).map(PostgresDsn::password).map(Secret::reveal).ifPresent(found::add);
        var url = URL_PASSWORD.matcher(text);
        if (url.matches()) {
            found.add(url.group(1));
        } else if (value.name().equals(OwnSettings.CONTROL_PLANE_API_TOKEN.name())) {
            SettingType.LIST.parse(text).ifPresent(found::addAll);
        }
        return found;
    }
}
