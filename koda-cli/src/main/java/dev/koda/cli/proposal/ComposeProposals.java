package dev.koda.cli.proposal;

import dev.koda.checks.settings.ComposeFile;
import dev.koda.checks.settings.ComposeFile.Port;
import dev.koda.checks.settings.ComposeFile.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checks that a compose file suggests: whether each published port answers, and whether there is room where data is
 * kept. None of them fails on a stack that is well and runs on this host.
 */
public final class ComposeProposals {
    private final List<ProposedCheck> checks = new ArrayList<>();
    private final Map<String, String> without = new LinkedHashMap<>();
    private final CheckIds ids = new CheckIds(Set.of());

    private ComposeProposals() {}

    /**
     * Looks at a compose file and at the directories that it names.
     *
     * @param host where the stack runs
     */
    public static ComposeProposals of(ComposeFile file, ComposeHost host) {
        var proposals = new ComposeProposals();
        file.services().forEach(proposals::service);
        new RoomProposals(host, proposals.ids, proposals.checks, proposals.without).of(file);
        return proposals;
    }

    /** Nothing is proposed: there is no compose file. */
    public static ComposeProposals none() {
        return new ComposeProposals();
    }

    /** The checks, in the order of the file; unmodifiable. */
    public List<ProposedCheck> checks() {
        return List.copyOf(checks);
    }

    /** What nothing is proposed for, and why; in the order of the file. */
    public Map<String, String> without() {
        return new LinkedHashMap<>(without);
    }

    private void service(Service service) {
        var name = YamlWords.comment(service.name());
        if (!service.profiles().isEmpty()) {
            without.put(name, "it runs only with the profile " + String.join(" or ", service.profiles()));
            return;
        }
        var known = service.ports().stream()
                .filter(port -> port.published() > 0 && port.protocol().equals("tcp"))
                .collect(Collectors.toMap(
                        port -> address(port) + " " + port.published(),
                        port -> port,
                        (first, same) -> first,
                        LinkedHashMap::new))
                .values();
        if (known.isEmpty()) {
            without.put(name, why(service));
        }
        known.forEach(port -> checks.add(check(service, port, known.size() == 1)));
    }

    private static String why(Service service) {
        if (service.ports().isEmpty()) {
            return "it publishes no port";
        }
        return service.ports().stream().allMatch(port -> port.published() == 0)
                ? "Docker picks its port anew each time"
                : "nobody can see from outside whether its ports answer";
    }

    private ProposedCheck check(Service service, Port port, boolean isOnly) {
        var name = YamlWords.comment(service.name());
        var id = ids.next("service", isOnly ? name : name + "-" + port.published());
        var about = service.image() == null ? "built here" : service.image();
        var comments = List.of(name + ": " + about + ", its port " + port.target());
        var probe = HttpProbe.of(service, port.target());
        if (probe.isEmpty()) {
            var asked = new LinkedHashMap<String, Object>();
            asked.put("host", address(port));
            asked.put("port", port.published());
            return new ProposedCheck(id, name + " takes connections", "tcp", asked, null, comments);
        }
        var asked = new LinkedHashMap<String, Object>();
        asked.put(
                "url",
                "http://" + inUrl(address(port)) + ":" + port.published()
                        + probe.get().path());
        asked.put("expect", probe.get().expect());
        return new ProposedCheck(id, name + " answers", "http", asked, null, comments);
    }

    /** Where a program on the host itself reaches it. */
    private static String address(Port port) {
        var address = port.address();
        if (address == null || address.equals("0.0.0.0")) {
            return "127.0.0.1";
        }
        return address.equals("::") ? "::1" : address;
    }

    private static String inUrl(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }
}
