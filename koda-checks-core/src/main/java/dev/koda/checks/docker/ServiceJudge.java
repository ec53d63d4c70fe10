package dev.koda.checks.docker;

import dev.koda.checks.CommandLine;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says of each container of a project whether it is as it should be, and of each service whether it is there. */
final class ServiceJudge {
    private static final Duration RECENT = Duration.ofHours(1);

    private final ComposeProject project;
    private final CommandLine start;
    private final Instant now;

    ServiceJudge(ComposeProject project, CommandLine start, Instant now) {
        this.project = project;
        this.start = start;
        this.now = now;
    }

    Outcome all(List<Container> containers, Set<String> wanted) {
        var answers = new ArrayList<Outcome>();
        containers.forEach(container -> answers.add(of(container)));
        var there = containers.stream().map(Container::service).collect(Collectors.toSet());
        missing(containers, wanted, there).forEach(service -> answers.add(absent(service)));
        long running = containers.stream().filter(Container::isRunning).count();
        long bad = answers.stream()
                .filter(answer -> answer.status() != Status.PASS)
                .count();
        return Outcome.combined(answers, asTheyShould(containers, there.size()))
                .observed("running", running, "containers")
                .observed("not_as_they_should", bad, "containers")
                .observed(
                        "restarts",
                        containers.stream().mapToLong(Container::restarts).sum(),
                        "restarts");
    }

    /** Without a compose file, what others depend on is all that is known to be wanted. */
    private static Collection<String> missing(List<Container> containers, Set<String> wanted, Set<String> there) {
        var missing = new LinkedHashSet<String>(wanted);
        if (wanted.isEmpty()) {
            missing.addAll(new TreeSet<>(containers.stream()
                    .flatMap(container -> container.needs().stream())
                    .toList()));
        }
        missing.removeAll(there);
        return missing;
    }

    private Outcome asTheyShould(List<Container> containers, int services) {
        var blind = containers.stream()
                .filter(container -> container.isRunning() && container.health().equals("none"))
                .map(Container::service)
                .distinct()
                .toList();
        var text = services + (services == 1 ? " service" : " services") + " of compose project " + project.name()
                + (services == 1 ? " is as it should be" : " are as they should be");
        return Outcome.pass(blind.isEmpty() ? text : text + "; without a health check: " + String.join(", ", blind));
    }

    private Outcome absent(String service) {
        return Outcome.fail(service + " has no container")
                .reason("service_missing")
                .hint("start it: " + start);
    }

    Outcome of(Container container) {
        var outcome = switch (container.state()) {
            case "running" -> running(container);
            case "restarting" ->
                killed(container, "is being restarted, after it ended with code ", "service_restarting");
            case "exited" -> exited(container);
            case "dead" -> broken(container, "is dead: Docker could not remove it", "service_dead");
            case "paused" -> broken(container, "is paused", "service_paused");
            case "created" -> broken(container, "was made and never started", "service_not_started");
            default -> broken(container, "is neither running nor ended", "service_exited");
        };
        return outcome.reason() == null ? outcome : outcome.hint(hint(container, outcome));
    }

    private Outcome running(Container container) {
        return switch (container.health()) {
            case "unhealthy" -> broken(container, "is unhealthy", "service_unhealthy");
            case "starting" -> starting(container);
            default -> steady(container);
        };
    }

    private Outcome starting(Container container) {
        var since =
                container.startedAt().map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
        return since.compareTo(container.grace()) <= 0
                ? steady(container)
                : Outcome.warn(container.service() + " is still starting after " + since.toSeconds() + " s, expected "
                                + container.grace().toSeconds() + " s")
                        .reason("service_starting");
    }

    /** It runs: for how long, and has the kernel killed a part of it? */
    private Outcome steady(Container container) {
        boolean isRecent = container
                .startedAt()
                .map(start -> Duration.between(start, now).compareTo(RECENT) < 0)
                .orElse(false);
        if (isRecent && container.restarts() >= project.warnRestarts()) {
            var status = container.restarts() >= project.failRestarts() ? Status.FAIL : Status.WARN;
            return Outcome.of(
                            status,
                            container.service() + " runs, but Docker had to start it again " + container.restarts()
                                    + " times, the last time within the hour")
                    .reason("many_restarts");
        }
        return container.isOutOfMemory()
                ? Outcome.warn(container.service()
                                + " runs, but the kernel has killed a process in it for want of memory")
                        .reason("oom_killed")
                : Outcome.pass(container.service() + " runs");
    }

    private Outcome exited(Container container) {
        if (container.exitCode() == 0 && container.isOneShot()) {
            return Outcome.pass(container.service() + " has done its work");
        }
        return killed(container, "has ended with code ", "service_exited");
    }

    private static Outcome killed(Container container, String what, String reason) {
        if (container.isOutOfMemory()) {
            return broken(container, "was killed by the kernel for want of memory", "oom_killed");
        }
        return broken(container, what + container.exitCode(), reason);
    }

    private static Outcome broken(Container container, String what, String reason) {
        return Outcome.fail(container.service() + " " + what).reason(reason);
    }

    private String hint(Container container, Outcome outcome) {
        return switch (String.valueOf(outcome.reason())) {
            case "oom_killed" -> "give " + container.service() + " more memory, or find what uses it: docker stats";
            case "service_paused" -> "let it go on: docker unpause " + container.name();
            case "service_not_started" ->
                "what it waits for was not well in time; when that is mended, start it: " + start;
            case "service_unhealthy", "service_starting" ->
                "see what its health check says: docker inspect " + container.name()
                        + " --format '{{json .State.Health}}'; and docker logs --tail 50 " + container.name();
            default -> "see why: docker logs --tail 50 " + container.name();
        };
    }
}
