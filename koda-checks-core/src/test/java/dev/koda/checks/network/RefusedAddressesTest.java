package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.network.RefusedAddresses.Refused;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedAddressesTest {
    private static final CheckId CHECK = CheckId.of("network.guarded");
    private static final URI METADATA = URI.create("http://169.254.169.254/latest/?token=secret");

    private final Loopback loopback = new Loopback();
    private final List<Refused> told = new CopyOnWriteArrayList<>();
    private volatile String location = "";
    private final RefusedAddresses refused = RefusedAddresses.none();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aCheckIsToldOnceHoweverOftenItRunsAndWithoutTheQuery() {
        refused.tell(told::add);

        run(CHECK, METADATA);
        run(CHECK, METADATA);
        run(CheckId.of("network.other"), METADATA);

        assertThat(told)
                .containsExactly(
                        new Refused(CHECK, "http://169.254.169.254/latest/", "169.254.169.254"),
                        new Refused(CheckId.of("network.other"), "http://169.254.169.254/latest/", "169.254.169.254"));
    }

    @Test
    void whoListensLaterHearsOfThoseBefore() {
        run(CHECK, METADATA);

        refused.tell(told::add);

        assertThat(told).extracting(Refused::check).containsExactly(CHECK);
    }

    @Test
    void whatHasAnsweredMeanwhileOrLeadsElsewhereIsNewsAgain() {
        location = "http://169.254.169.254/";
        var url = loopback.http(request -> {
            var to = location;
            if (!to.isEmpty()) {
                request.response().setStatusCode(302).putHeader("Location", to);
            }
            request.response().end();
        });
        refused.tell(told::add);

        run(CHECK, url);
        run(CHECK, url);
        location = "http://[fe80::1]/";
        run(CHECK, url);
        location = "";
        run(CHECK, url);
        location = "http://[fe80::1]/";
        run(CHECK, url);

        assertThat(told).extracting(Refused::address).containsExactly("169.254.169.254", "[fe80::1]", "[fe80::1]");
        assertThat(told).extracting(Refused::target).containsOnly(HttpFetch.shown(url));
    }

    @Test
    void theAddressOfTheConnectionIsToldWhereANameLeadsToIt() {
        var url = loopback.http(request -> request.response().end());
        refused.tell(told::add);
        var guarded = loopback.http()
                .guardedBy(new AddressGuard(InetAddress::isLoopbackAddress))
                .telling(refused);

        run(CHECK, URI.create("http://localhost:" + url.getPort() + "/"), guarded);

        assertThat(told).extracting(Refused::address).containsAnyOf("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    private void run(CheckId check, URI url) {
        run(check, url, loopback.http().telling(refused));
    }

    private static void run(CheckId check, URI url, HttpFetch http) {
        var target = HttpTarget.get(url).following(3, to -> true);
        var spec = CheckSpec.of(check.name())
                .timeout(Duration.ofSeconds(20))
                .in(Suite.DOCTOR)
                .run(context -> http.outcome(target, context, answer -> Outcome.pass("answers")));
        EngineRun.result(spec);
    }
}
