package dev.koda.checks.docker;

import static dev.koda.checks.docker.DockerFixture.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.docker.Location.Kind;
import dev.koda.checks.testing.DockerStandIn.Box;
import dev.koda.checks.testing.EngineRun;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLocatorTest {
    private static final DockerFixture FIXTURE = new DockerFixture();

    /** Of the network that is kept for documents: nobody has it. */
    private static final String NOBODY = "192.0.2.1";

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Box postgres() {
        return Box.of(PROJECT, "postgres");
    }

    private static Location locate(Box... boxes) {
        FIXTURE.docker.holds(boxes);
        return locate(FIXTURE.engine());
    }

    /** As a check does it, in a real engine. */
    private static Location locate(DockerEngine engine) {
        var locator = ServiceLocator.of(engine, PROJECT);
        var found = new AtomicReference<@Nullable Location>();
        var spec = CheckSpec.of("test.locate")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(20))
                .run(context -> locator.locate(context, "postgres", 5432).thenApply(location -> {
                    found.set(location);
                    return Outcome.pass("located");
                }));
        assertThat(EngineRun.result(spec).message()).isEqualTo("located");
        return Objects.requireNonNull(found.get());
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.1", "'', 127.0.0.1", "::, ::1", "127.0.0.1, 127.0.0.1", "10.9.8.7, 10.9.8.7"})
    void aPublishedPortIsTheWayIn(String bound, String reached) {
        var found = locate(
                postgres().published(5432, bound, 15432).address("172.18.0.5", "127.0.0.1"), Box.of(PROJECT, "web"));

        assertThat(found)
                .isEqualTo(new Location(Kind.REACHED, "koda-postgres-1", new InetSocketAddress(reached, 15432)));
    }

    @Test
    void anotherPortOfItIsNone() {
        assertThat(locate(postgres().published(9999, "0.0.0.0", 15432)).kind()).isEqualTo(Kind.INSIDE_ONLY);
    }

    @Test
    void itsOwnAddressIsOneIfTheGatewayOfItsNetworkIsThisHost() {
        assertThat(locate(postgres().address("172.18.0.5", "127.0.0.1")))
                .isEqualTo(new Location(Kind.REACHED, "koda-postgres-1", new InetSocketAddress("172.18.0.5", 5432)));
    }

    @Test
    void whatIsNotReachedIsInsideOnly() {
        var found = locate(postgres().address("172.18.0.5", NOBODY));

        assertThat(found).isEqualTo(new Location(Kind.INSIDE_ONLY, "koda-postgres-1", null));
    }

    @Test
    void anAddressThatIsNoneIsNeverLookedUp() {
        assertThat(locate(postgres().address("localhost", "127.0.0.1")).kind()).isEqualTo(Kind.INSIDE_ONLY);
    }

    @Test
    void oneThatDoesNotRunIsStopped() {
        assertThat(locate(postgres().state("exited", 1)))
                .isEqualTo(new Location(Kind.STOPPED, "koda-postgres-1", null));
    }

    @Test
    void whatDockerDoesNotKnowIsUnknown() {
        assertThat(locate().kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(locate(FIXTURE.engine(Path.of("/nowhere/docker.sock"))).kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aDockerThatIsSilentIsNotWaitedForLong() {
        FIXTURE.docker.answers(request -> {});
        try {
            assertThat(locate(postgres().published(5432, "", 15432)).kind()).isEqualTo(Kind.UNKNOWN);
        } finally {
            FIXTURE.docker.answersAsDocker();
        }
    }
}
