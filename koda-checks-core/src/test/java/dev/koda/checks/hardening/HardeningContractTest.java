package dev.koda.checks.hardening;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.hardening.HardeningOptions.Place;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class HardeningContractTest {
    private static final String TOKEN = "pl4nted-t0ken";

    abstract static class Rule extends CheckContract {
        @TempDir
        Path directory;

        private final String rule;

        Rule(String rule) {
            this.rule = rule;
        }

        @Override
        protected List<CheckSpec> specs() {
            var place = new Place(directory, true);
            var tokens = List.of(TOKEN);
            var options =
                    new HardeningOptions(place, place, directory, tokens, tokens, tokens, false, true, true, 30, place);
            return HardeningChecks.koda(options).stream()
                    .filter(spec -> spec.id().equals(id()))
                    .toList();
        }

        @Override
        protected CheckId id() {
            return CheckId.of("hardening." + rule);
        }

        @Override
        protected List<String> secrets() {
            return List.of(TOKEN);
        }
    }

    @Nested
    class StateRoot extends Rule {
        StateRoot() {
            super("state-root-owner-only-perms");
        }
    }

    @Nested
    class MasterKey extends Rule {
        MasterKey() {
            super("master-key-perms-0600");
        }
    }

    @Nested
    class EnvironmentFile extends Rule {
        EnvironmentFile() {
            super("env-file-perms-0600");
        }
    }

    @Nested
    class SessionSecret extends Rule {
        SessionSecret() {
            super("web-operator-session-secret-strong");
        }
    }

    @Nested
    class RuntimeToken extends Rule {
        RuntimeToken() {
            super("runtime-local-ui-token-strong");
        }
    }

    @Nested
    class PrivateNetwork extends Rule {
        PrivateNetwork() {
            super("browser-private-network-disabled");
        }
    }

    @Nested
    class ApiToken extends Rule {
        ApiToken() {
            super("control-plane-api-token-strong");
        }
    }

    @Nested
    class AllowedUsers extends Rule {
        AllowedUsers() {
            super("allowed-user-ids-set");
        }
    }

    @Nested
    class LoopbackBootstrap extends Rule {
        LoopbackBootstrap() {
            super("loopback-bootstrap-disabled-in-production");
        }
    }

    @Nested
    class Retention extends Rule {
        Retention() {
            super("audit-retention-at-least-90-days");
        }
    }

    @Nested
    class ControlGroups extends Rule {
        ControlGroups() {
            super("cgroup-root-writable-for-isolation");
        }
    }

    @Nested
    class Exposed extends CheckContract {
        private final Loopback loopback = new Loopback();

        @AfterEach
        void close() {
            loopback.close();
        }

        @Override
        protected List<CheckSpec> specs() {
            var url = loopback.http(request -> request.response().end("# TYPE b0dy-s3cret gauge"));
            var withPassword = url.toString().replace("://", "://user:" + TOKEN + "@");
            return List.of(HardeningChecks.exposed(URI.create(withPassword), loopback.http()));
        }

        @Override
        protected CheckId id() {
            return CheckId.of("hardening.exposed");
        }

        @Override
        protected List<String> secrets() {
            return List.of(TOKEN, "b0dy-s3cret");
        }
    }

    @Nested
    class Arguments extends CheckContract {
        @Override
        protected List<CheckSpec> specs() {
            return List.of(HardeningChecks.processArguments(Path.of("/proc"), () -> Set.of(TOKEN)));
        }

        @Override
        protected CheckId id() {
            return CheckId.of("hardening.process-arguments");
        }

        @Override
        protected List<String> secrets() {
            return List.of(TOKEN);
        }
    }

    @Nested
    class GitTracked extends CheckContract {
        @TempDir
        Path directory;

        @Override
        protected List<CheckSpec> specs() {
            var repository = GitRepository.in(directory);
            var files = Stream.of(".env", "koda.yaml").map(repository::write).toList();
            return List.of(HardeningChecks.gitTracked(files, () -> Set.of("KEY=value")));
        }

        @Override
        protected CheckId id() {
            return CheckId.of("hardening.git-tracked");
        }

        @Override
        protected List<String> secrets() {
            return NO_SECRETS;
        }
    }
}
