package dev.koda.checks.settings;

import dev.koda.checks.Threshold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a check of koda.yaml asks: the one of these that stands beside its common keys. Prints no value. */
public sealed interface CheckKind {
    /** The key in koda.yaml. */
    String key();

    /** The unit of its limits; empty if it has none. */
    default String limitUnit() {
        return "";
    }

    /** True if it must warn above where it fails: less is worse. */
    default boolean isLowWorse() {
        return false;
    }

    /**
     * A request and what must come back.
     *
     * @param url absolute, http or https; may hold credentials
     * @param method {@code GET}, {@code HEAD} or {@code POST}
     * @param headers to send; may hold credentials
     * @param body to send with a POST, or null
     * @param redirects how many are followed
     * @param expect what must come back
     */
    record Http(
            URI url,
            String method,
            Map<String, String> headers,
            @Nullable String body,
            int redirects,
            Expect expect) implements CheckKind {
        @Override
        public String key() {
            return "http";
        }

        @Override
        public String limitUnit() {
            return "milliseconds";
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /**
     * What must come back.
     *
     * @param statuses pairs of first and last; one of them must hold the status
     * @param headers by name, a text that must be in the value
     * @param contains a text that must be in the body, or null
     * @param matches a pattern that must be found in the body, or null
     * @param json by JSON pointer, the text that must stand there
     */
    record Expect(
            List<Statuses> statuses,
            Map<String, String> headers,
            @Nullable String contains,
            @Nullable Pattern matches,
            Map<String, String> json) {
        @Override
        public String toString() {
            return statuses.toString();
        }
    }

    /** Statuses from the first to the last, 100 to 599. */
    record Statuses(int first, int last) {}

    /** A connection to a port. */
    record Tcp(String host, int port) implements CheckKind {
        @Override
        public String key() {
            return "tcp";
        }

        @Override
        public String limitUnit() {
            return "milliseconds";
        }
    }

    /**
     * A look-up of a name.
     *
     * @param addresses that must be among those found; empty if any will do
     */
    record Dns(String host, Set<String> addresses) implements CheckKind {
        @Override
        public String key() {
            return "dns";
        }

        @Override
        public String limitUnit() {
            return "milliseconds";
        }
    }

    /**
     * The certificate of a server.
     *
     * @param serverName the name that it is asked for and must be made out to, or null for the host
     * @param isPostgres true if the connection begins with Postgres's question for TLS
     * @param roots absolute path of a PEM file with authorities to trust, or null for those of the settings
     */
    record Tls(
            String host,
            int port,
            @Nullable String serverName,
            boolean isPostgres,
            @Nullable Path roots) implements CheckKind {
        @Override
        public String key() {
            return "tls";
        }

        @Override
        public String limitUnit() {
            return "days";
        }

        @Override
        public boolean isLowWorse() {
            return true;
        }
    }

    /** The room on the volume of an absolute path. */
    record Disk(Path path) implements CheckKind {
        @Override
        public String key() {
            return "disk";
        }

        @Override
        public String limitUnit() {
            return "percent";
        }

        @Override
        public boolean isLowWorse() {
            return true;
        }
    }

    /**
     * A bucket, or what is in it.
     *
     * @param accessKey the id of the key pair; empty if a variable that it comes from is not set
     * @param secretKey the secret of the key pair; likewise
     * @param prefix with what the keys of the objects begin of which the newest is looked at; null to look at the bucket
     *     alone
     */
    record S3(
            URI endpoint,
            String region,
            String bucket,
            Secret accessKey,
            Secret secretKey,
            @Nullable String prefix) implements CheckKind {
        @Override
        public String key() {
            return "s3";
        }

        @Override
        public String limitUnit() {
            return "hours";
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /**
     * A setting that must have a value, and no placeholder.
     *
     * @param setting its name
     * @param strength {@code key} or {@code password} if it must be hard to guess too, else null
     */
    record SecretSetting(String setting, @Nullable String strength) implements CheckKind {
        @Override
        public String key() {
            return "secret";
        }
    }

    /**
     * A number that a query gives.
     *
     * @param query one statement; may hold secrets
     * @param dsn where it is asked, or null
     * @param setting the name of the setting that holds where it is asked, or null; with neither it is the stack's Postgres
     * @param unit what is counted, in plural
     * @param direction on which side of the limits trouble lies
     */
    record Postgres(
            String query,
            @Nullable PostgresDsn dsn,
            @Nullable String setting,
            String unit,
            Threshold.Direction direction)
            implements CheckKind {
        @Override
        public String key() {
            return "postgres";
        }

        @Override
        public String limitUnit() {
            return unit;
        }

        @Override
        public boolean isLowWorse() {
            return direction == Threshold.Direction.BELOW;
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /**
     * A sign of life that somebody sends.
     *
     * @param every how long after one the next is expected
     * @param grace how much later it may come and only warn
     */
    record Heartbeat(Duration every, Duration grace) implements CheckKind {
        @Override
        public String key() {
            return "heartbeat";
        }
    }

    /**
     * A program that speaks the Nagios plugin API.
     *
     * @param command the program and its arguments; may hold secrets
     * @param environment what it gets beside PATH and LANG; may hold secrets
     */
    record Exec(List<String> command, Map<String, String> environment) implements CheckKind {
        @Override
        public String key() {
            return "exec";
        }

        @Override
        public String toString() {
            return key();
        }
    }
}
