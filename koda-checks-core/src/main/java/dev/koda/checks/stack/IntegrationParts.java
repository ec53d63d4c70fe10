package dev.koda.checks.stack;

import dev.koda.checks.settings.CheckKind;
import dev.koda.checks.settings.PostgresDsn;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A check of koda.yaml, divided into what is shown as proof and what is not secret.
 *
 * @param credential empty if there is none
 * @param configuration without anything that may hold a secret
 */
record IntegrationParts(String credential, String configuration) {
    /** Null for what looks at this host alone, and for what nobody asks. */
    static @Nullable IntegrationParts of(CheckKind kind) {
        if (kind instanceof CheckKind.Http http) {
            return of(http);
        }
        if (kind instanceof CheckKind.Tcp tcp) {
            return open(tcp.host(), tcp.port());
        }
        if (kind instanceof CheckKind.Dns dns) {
            return open(dns.host(), dns.addresses().stream().sorted().toList());
        }
        if (kind instanceof CheckKind.Tls tls) {
            return open(tls.host(), tls.port(), tls.serverName(), tls.isPostgres(), tls.roots());
        }
        if (kind instanceof CheckKind.S3 s3) {
            return new IntegrationParts(
                    s3.accessKey().reveal() + "\n" + s3.secretKey().reveal(),
                    words(CommandLines.bare(s3.endpoint()), s3.region(), s3.bucket(), s3.prefix()));
        }
        return kind instanceof CheckKind.Postgres postgres ? of(postgres) : null;
    }

    private static IntegrationParts of(CheckKind.Http http) {
        var shown = new TreeMap<String, String>();
        var proof = new TreeMap<String, String>();
        http.headers().forEach((name, value) -> {
            var word = name.toLowerCase(Locale.ROOT);
            boolean isPublic = CommandLines.PUBLIC_HEADERS.contains(word);
            shown.put(word, isPublic ? value : "");
            if (!isPublic) {
                proof.put(word, value);
            }
        });
        var url = http.url();
        var secrets = Stream.of(url.getRawUserInfo(), url.getRawQuery(), http.body())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
        var expect = http.expect();
        return new IntegrationParts(
                proof.isEmpty() && secrets.isEmpty() ? "" : proof + secrets,
                words(
                        http.method(),
                        CommandLines.bare(url),
                        shown,
                        http.redirects(),
                        expect.statuses(),
                        new TreeMap<>(expect.headers()).keySet(),
                        new TreeMap<>(expect.json()).keySet()));
    }

    /** A query is told apart by what is no text of it. */
    private static IntegrationParts of(CheckKind.Postgres postgres) {
        var dsn = postgres.dsn();
        return new IntegrationParts(
                dsn == null ? "" : password(dsn),
                words(
                        dsn == null ? postgres.setting() : dsn,
                        postgres.query().replaceAll("'[^']*'", "?"),
                        postgres.unit(),
                        postgres.direction()));
    }

    private static String password(PostgresDsn dsn) {
        var password = dsn.password();
        return password == null ? "" : password.reveal();
    }

    private static IntegrationParts open(@Nullable Object... parts) {
        return new IntegrationParts("", words(parts));
    }

    private static String words(@Nullable Object... parts) {
        return Stream.of(parts).map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
