package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.objectstore.ObjectStoreChecks;
import dev.koda.checks.objectstore.ObjectStoreOptions;
import dev.koda.checks.objectstore.S3Connection;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Settings;
import java.util.List;

/** The checks of the stack's object storage. */
final class ObjectStorePart {
    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;
    private final ComposeNetwork network;

    ObjectStorePart(Settings settings, StackClients clients, TimeSource time, ComposeNetwork network) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.network = network;
    }

    void addTo(Composition composition) {
        var absence = new Absence(settings)
                .of(
                        KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL,
                        KodaSettings.KNOWLEDGE_V2_S3_BUCKET,
                        KodaSettings.KNOWLEDGE_V2_S3_ACCESS_KEY_ID,
                        KodaSettings.KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY);
        if (absence.isPresent()) {
            composition.skipBoth(absence.get(), "object-store.bucket");
            composition.skip(
                    absence.get(),
                    "object-store.canary",
                    "object-store.headroom",
                    "object-store.public-access",
                    "object-store.lifecycle");
            return;
        }
        var connection = connection();
        var endpoint = connection.endpoint();
        composition.add(network.storage(endpoint, url -> checks(connection.at(url))));
        new HeadroomPart(settings, clients, network).addTo(composition, connection);
        composition.add(network.storage(endpoint, url -> rules(connection.at(url))));
    }

    private S3Connection connection() {
        return new S3Connection(
                settings.get(KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL).orElseThrow(),
                settings.get(KodaSettings.KNOWLEDGE_V2_S3_REGION).orElse("us-east-1"),
                settings.get(KodaSettings.KNOWLEDGE_V2_S3_BUCKET).orElseThrow(),
                settings.get(KodaSettings.KNOWLEDGE_V2_S3_ACCESS_KEY_ID)
                        .orElseThrow()
                        .reveal(),
                settings.get(KodaSettings.KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY)
                        .orElseThrow()
                        .reveal());
    }

    private List<CheckSpec> checks(S3Connection connection) {
        var line = CommandLines.s3(connection.endpoint(), connection.region(), connection.bucket());
        return ObjectStoreChecks.of(clients.objectStore(connection), options(), time).stream()
                .map(spec -> CommandLines.with(spec, line))
                .toList();
    }

    private List<CheckSpec> rules(S3Connection connection) {
        var endpoint = connection.endpoint();
        var bucket = connection.bucket();
        return ObjectStoreChecks.rules(clients.bucketRules(connection), connection.url(), clients.http()).stream()
                .map(spec -> CommandLines.with(
                        spec,
                        spec.id().name().equals("object-store.lifecycle")
                                ? CommandLines.s3Lifecycle(endpoint, connection.region(), bucket)
                                : CommandLines.s3AsStranger(endpoint, bucket)))
                .toList();
    }

    private ObjectStoreOptions options() {
        var options = ObjectStoreOptions.of(clients.host(), clients.vantage());
        boolean isRequired = settings.isSet(KodaSettings.OBJECT_STORAGE_REQUIRED)
                && settings.get(KodaSettings.OBJECT_STORAGE_REQUIRED).orElse(false);
        return isRequired ? options.required() : options;
    }
}
