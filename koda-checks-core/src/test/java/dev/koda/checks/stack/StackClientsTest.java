package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Suite;
import dev.koda.checks.objectstore.ObjectStoreChecks;
import dev.koda.checks.objectstore.S3Connection;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import java.net.URI;
import org.junit.jupiter.api.Test;

class StackClientsTest {
    private static final URI ENDPOINT = URI.create("http://127.0.0.1:9000");

    private final StackClients clients = StackClients.of("host", "test", new VirtualTime());

    @Test
    void allChecksOfABucketShareOneClient() {
        var connection = new S3Connection(ENDPOINT, "us-east-1", "koda", "key", "secret");
        var again = new S3Connection(ENDPOINT, "us-east-1", "koda", "key", "secret");

        assertThat(clients.objectStore(connection))
                .isSameAs(clients.objectListing(again))
                .isSameAs(clients.bucketRules(again));
    }

    @Test
    void anotherBucketOrAnotherKeyIsAnotherClient() {
        var store = clients.objectStore(new S3Connection(ENDPOINT, "us-east-1", "koda", "key", "secret"));

        assertThat(clients.objectStore(new S3Connection(ENDPOINT, "us-east-1", "backups", "key", "secret")))
                .isNotSameAs(store);
        assertThat(clients.objectStore(new S3Connection(ENDPOINT, "us-east-1", "koda", "key", "other")))
                .isNotSameAs(store);
    }

    @Test
    void aStoreThatIsAskedForLaterIsClosedToo() {
        clients.close();
        var store = clients.objectStore(new S3Connection(ENDPOINT, "us-east-1", "koda", "key", "secret"));

        var result =
                EngineRun.result(CheckSpec.of("app.bucket").in(Suite.DOCTOR).run(ObjectStoreChecks.bucket(store)));

        assertThat(result.reason()).as(result.message()).isEqualTo(new Reason("connection_closed"));
    }
}
