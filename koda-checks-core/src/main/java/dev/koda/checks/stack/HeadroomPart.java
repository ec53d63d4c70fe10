package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpTarget;
import dev.koda.checks.objectstore.S3Connection;
import dev.koda.checks.objectstore.headroom.HeadroomChecks;
import dev.koda.checks.objectstore.headroom.HeadroomOptions;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks of the room that the object storage of the stack has left, by the sources that the settings name. */
final class HeadroomPart {
    private static final String ID = "object-store.headroom";
    private static final String BUCKET = "object-store.bucket";

    private final Settings settings;
    private final StackClients clients;
    private final ComposeNetwork network;

    HeadroomPart(Settings settings, StackClients clients, ComposeNetwork network) {
        this.settings = settings;
        this.clients = clients;
        this.network = network;
    }

    void addTo(Composition composition, S3Connection connection) {
        boolean hasQuota = settings.isSet(OwnSettings.KODA_OBJECT_STORAGE_QUOTA);
        boolean hasCapacity = settings.isSet(OwnSettings.KODA_OBJECT_STORAGE_CAPACITY_URL);
        if (!hasQuota && !hasCapacity) {
            composition.skip(unbounded(), ID);
        }
        if (hasQuota) {
            addQuota(composition, connection);
        }
        if (hasCapacity) {
            addCapacity(composition, connection.endpoint());
        }
    }

    private String unbounded() {
        return settings.stack() == StackKind.EMBEDDED
                ? "the embedded object storage is plain files, for whose volume disk.space speaks"
                : "no limit is known: KODA_OBJECT_STORAGE_QUOTA and KODA_OBJECT_STORAGE_CAPACITY_URL are not set;"
                        + " docs/checks.md#object-store-headroom says what they may be";
    }

    private void addQuota(Composition composition, S3Connection connection) {
        var quota = usable(OwnSettings.KODA_OBJECT_STORAGE_QUOTA).filter(bytes -> bytes > 0);
        if (quota.isEmpty()) {
            skip(composition, "quota", OwnSettings.KODA_OBJECT_STORAGE_QUOTA.name() + " is not a size above 0");
            return;
        }
        composition.add(network.storage(
                connection.endpoint(), endpoint -> List.of(quota(connection.at(endpoint), quota.get()))));
    }

    private CheckSpec quota(S3Connection connection, long bytes) {
        var spec = HeadroomChecks.quota(clients.objectListing(connection), bytes, options(List.of(BUCKET)));
        var line = CommandLines.s3(connection.endpoint(), connection.region(), connection.bucket());
        return CommandLines.with(spec, line);
    }

    private void addCapacity(Composition composition, URI endpoint) {
        var url = usable(OwnSettings.KODA_OBJECT_STORAGE_CAPACITY_URL);
        var size = OwnSettings.KODA_OBJECT_STORAGE_VOLUME_SIZE;
        if (url.isEmpty() || (settings.isSet(size) && usable(size).isEmpty())) {
            var wrong = url.isEmpty() ? OwnSettings.KODA_OBJECT_STORAGE_CAPACITY_URL : size;
            skip(composition, "capacity", wrong.name() + " is not as expected, see config.values");
            return;
        }
        var after = after(url.get(), endpoint);
        composition.add(network.storage(url.get(), there -> List.of(capacity(there, after))));
    }

    private CheckSpec capacity(URI url, List<String> after) {
        var token = usable(OwnSettings.KODA_OBJECT_STORAGE_CAPACITY_TOKEN).map(Secret::reveal);
        var target = HttpTarget.get(url);
        var spec = HeadroomChecks.capacity(token.map(target::bearer).orElse(target), clients.http(), options(after));
        var headers = token.map(some -> Map.of("Authorization", some)).orElse(Map.of());
        return CommandLines.with(spec, CommandLines.curl(url, "GET", headers, 0));
    }

    /** Where the same host is silent, the bucket has said so; another one may know of its store although we cannot use it. */
    private static List<String> after(URI url, URI endpoint) {
        return url.getHost().equalsIgnoreCase(endpoint.getHost()) ? List.of(BUCKET) : List.of();
    }

    private <T> Optional<T> usable(Setting<T> setting) {
        return settings.isSet(setting) ? settings.get(setting) : Optional.empty();
    }

    private static void skip(Composition composition, String instance, String why) {
        composition.skip(new Skip(new CheckId(ID, instance), why, Set.of(Suite.DOCTOR)));
    }

    private HeadroomOptions options(List<String> after) {
        var options = HeadroomOptions.defaults()
                .after(after.toArray(String[]::new))
                .volumes(usable(OwnSettings.KODA_OBJECT_STORAGE_VOLUME_SIZE).orElse(0L));
        return settings.limits(ID)
                .map(limits -> options.free(limits.warn(), limits.fail()))
                .orElse(options);
    }
}
