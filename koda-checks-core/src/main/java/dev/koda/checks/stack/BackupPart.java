package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.backup.BackupChecks;
import dev.koda.checks.backup.BackupOptions;
import dev.koda.checks.backup.BackupSource;
import dev.koda.checks.backup.BackupSources;
import dev.koda.checks.objectstore.S3Connection;
import dev.koda.checks.process.Commands;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The checks of the backups that the settings name; nobody is told to have some. */
final class BackupPart {
    private static final String NO_SOURCE = "no backup source is set, such as KODA_BACKUP_FILES or"
            + " KODA_BACKUP_PGBACKREST_STANZA; docs/checks.md#backup-age lists them";

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;
    private final PostgresPart postgres;
    private final BackupOptions options;
    private final ComposeNetwork network;
    private boolean isAnySet;
    private boolean isAnyAsked;

    BackupPart(
            Settings settings, StackClients clients, TimeSource time, PostgresPart postgres, ComposeNetwork network) {
        this.network = network;
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.postgres = postgres;
        options = options(settings);
    }

    void addTo(Composition composition) {
        var commands = Commands.of(time);
        add(
                composition,
                "pgbackrest",
                OwnSettings.KODA_BACKUP_PGBACKREST_STANZA,
                stanza -> BackupSources.pgBackRest(stanza, commands));
        add(composition, "wal-g", OwnSettings.KODA_BACKUP_WALG_CONFIG, file -> BackupSources.walG(file, commands));
        add(
                composition,
                "barman",
                OwnSettings.KODA_BACKUP_BARMAN_SERVER,
                server -> BackupSources.barman(server, commands));
        add(composition, "files", OwnSettings.KODA_BACKUP_FILES, BackupSources::files);
        add(composition, "marker", OwnSettings.KODA_BACKUP_MARKER, BackupSources::marker);
        addObjects(composition);
        addArchiver(composition);
        if (!isAnySet) {
            composition.skip(NO_SOURCE, "backup.age");
        }
        addRestoreTest(composition);
    }

    /** Where another source is asked, that one knows of the base backups. */
    private void addArchiver(Composition composition) {
        var setting = OwnSettings.KODA_BACKUP_ARCHIVER;
        if (!settings.isSet(setting) || settings.get(setting).equals(Optional.of(false))) {
            return;
        }
        isAnySet = true;
        var found = postgres.found();
        if (settings.get(setting).isEmpty()) {
            skip(composition, "archiver", setting.name() + " is not as expected");
        } else if (found.isEmpty()) {
            skip(composition, "archiver", postgres.why());
        } else {
            var queries = found.get().checks().queries();
            var spec = BackupChecks.archiver(queries, options, !isAnyAsked, time, "postgres.round-trip");
            composition.add(found.get().lines().to(spec));
        }
    }

    private <T> void add(
            Composition composition, String instance, Setting<T> setting, Function<T, Optional<BackupSource>> maker) {
        if (!settings.isSet(setting)) {
            return;
        }
        isAnySet = true;
        var source = settings.get(setting).flatMap(maker);
        if (source.isPresent()) {
            isAnyAsked = true;
            composition.add(BackupChecks.age(instance, source.get(), options, time));
        } else {
            skip(composition, instance, setting.name() + " is not as expected");
        }
    }

    private void addObjects(Composition composition) {
        if (!settings.isSet(OwnSettings.KODA_BACKUP_S3_BUCKET) && !settings.isSet(OwnSettings.KODA_BACKUP_S3_PREFIX)) {
            return;
        }
        isAnySet = true;
        var connection = connection();
        if (connection.isEmpty()) {
            skip(
                    composition,
                    "s3",
                    "endpoint, bucket or keys of the backups are set neither for them nor for the stack");
            return;
        }
        var prefix = settings.get(OwnSettings.KODA_BACKUP_S3_PREFIX).orElse("");
        isAnyAsked = true;
        var here = connection.get();
        composition.add(network.storage(here.endpoint(), endpoint -> List.of(objects(here.at(endpoint), prefix))));
    }

    private CheckSpec objects(S3Connection connection, String prefix) {
        var source = BackupSources.objects(clients.objectListing(connection), prefix);
        return BackupChecks.age("s3", source, options, time);
    }

    /** What is not said of the backups is as for the objects of the stack; but of a pair of keys both halves are. */
    private Optional<S3Connection> connection() {
        boolean hasKeys = settings.isSet(OwnSettings.KODA_BACKUP_S3_ACCESS_KEY_ID);
        var access = hasKeys ? OwnSettings.KODA_BACKUP_S3_ACCESS_KEY_ID : KodaSettings.KNOWLEDGE_V2_S3_ACCESS_KEY_ID;
        var secret =
                hasKeys ? OwnSettings.KODA_BACKUP_S3_SECRET_ACCESS_KEY : KodaSettings.KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY;
        var endpoint = either(OwnSettings.KODA_BACKUP_S3_ENDPOINT_URL, KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL);
        var bucket = either(OwnSettings.KODA_BACKUP_S3_BUCKET, KodaSettings.KNOWLEDGE_V2_S3_BUCKET);
        var accessKey = settings.get(access).map(Secret::reveal);
        var secretKey = settings.get(secret).map(Secret::reveal);
        if (endpoint.isEmpty() || bucket.isEmpty() || accessKey.isEmpty() || secretKey.isEmpty()) {
            return Optional.empty();
        }
        var region = either(OwnSettings.KODA_BACKUP_S3_REGION, KodaSettings.KNOWLEDGE_V2_S3_REGION);
        return Optional.of(new S3Connection(
                endpoint.get(), region.orElse("us-east-1"), bucket.get(), accessKey.get(), secretKey.get()));
    }

    private <T> Optional<T> either(Setting<T> ours, Setting<T> ofTheStack) {
        return settings.get(ours).or(() -> settings.get(ofTheStack));
    }

    private void addRestoreTest(Composition composition) {
        var setting = OwnSettings.KODA_BACKUP_RESTORE_MARKER;
        var marker = settings.get(setting).filter(Path::isAbsolute);
        if (marker.isPresent()) {
            composition.add(BackupChecks.restoreTest(marker.get(), options, time));
        } else {
            var why = settings.isSet(setting) ? " is not an absolute path" : " is not set";
            composition.skip(setting.name() + why, "backup.restore-test");
        }
    }

    private static void skip(Composition composition, String instance, String why) {
        composition.skip(new Skip(new CheckId("backup.age", instance), why, Set.of(Suite.DOCTOR)));
    }

    private static BackupOptions options(Settings settings) {
        var options = BackupOptions.defaults();
        var age = settings.limits("backup.age");
        if (age.isPresent()) {
            options = options.age(hours(age.get().warn()), hours(age.get().fail()));
        }
        var restore = settings.limits("backup.restore-test");
        if (restore.isPresent()) {
            double fail = restore.get().fail();
            options = options.restore(
                    hours(24 * restore.get().warn()), Double.isInfinite(fail) ? null : hours(24 * fail));
        }
        var archive = settings.limits("backup.age.archive");
        if (archive.isPresent()) {
            options = options.archive(
                    hours(archive.get().warn() / 60), hours(archive.get().fail() / 60));
        }
        var failure = settings.limits("backup.age.archive-failure");
        if (failure.isPresent()) {
            options = options.archiveFailure(
                    hours(failure.get().warn()), hours(failure.get().fail()));
        }
        return options;
    }

    private static Duration hours(double count) {
        return Duration.ofMillis(Math.round(count * 3_600_000));
    }
}
