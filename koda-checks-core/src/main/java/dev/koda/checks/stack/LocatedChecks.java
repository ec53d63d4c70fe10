package dev.koda.checks.stack;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks of what is behind a URL whose host is a service of the compose network: made anew for the address at which the
 * service was last found, since a request is signed for the host that it is sent to. Thread-safe.
 */
final class LocatedChecks {
    private final URI named;
    private final ComposeService service;
    private final Function<URI, List<CheckSpec>> checks;
    private @Nullable URI lastUrl;
    private List<CheckSpec> last = List.of();

    /**
     * @param checks makes them for a URL, the same ones for each
     */
    LocatedChecks(URI named, ComposeService service, Function<URI, List<CheckSpec>> checks) {
        this.named = named;
        this.service = service;
        this.checks = checks;
    }

    /** As they are declared for the name. */
    List<CheckSpec> specs() {
        var specs = checks.apply(named);
        return IntStream.range(0, specs.size())
                .mapToObj(index -> specs.get(index).wrapped(check -> new ThereCheck(this, index, check)))
                .toList();
    }

    /** Where the service was not found, its name is asked as any other. */
    private synchronized Check there(int index, Check byName) {
        var address = service.address();
        if (address == null) {
            return byName;
        }
        var url = at(address);
        if (!url.equals(lastUrl)) {
            last = checks.apply(url);
            lastUrl = url;
        }
        return last.get(index).check();
    }

    private URI at(InetSocketAddress address) {
        var host = address.getHostString();
        var rest = named.getRawPath() + (named.getRawQuery() == null ? "" : "?" + named.getRawQuery());
        return URI.create(named.getScheme() + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                + address.getPort() + rest);
    }

    private record ThereCheck(LocatedChecks located, int index, Check byName) implements Check {
        @Override
        public CompletionStage<Outcome> run(CheckContext context) throws Exception {
            return located.there(index, byName).run(context);
        }
    }
}
