package dev.koda.checks.engine;

import dev.koda.checks.Category;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Glob;
import dev.koda.checks.Nearest;
import dev.koda.checks.Query;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a query comes to: the plan, and what is skipped before anything runs. */
record Selection(Suite suite, Plan plan, List<ReportDraft.Skip> skips) {
    /** How many characters of a name may be wrong for a suggestion. */
    private static final int FARTHEST = 3;

    /** The checks of a query, and what they depend on. */
    static Selection of(Query query, Registry registry) {
        var suites = new HashSet<>(query.more());
        suites.add(query.suite());
        requireSuite(query.suite(), registry);
        var slots = registry.slotsIn(suites);
        var skips = registry.skipsIn(suites);
        if (!query.only().isEmpty()) {
            var globs = globs(query.only(), "only", slots, skips);
            slots = registry.withDependencies(
                    slots.stream().filter(slot -> anyMatches(globs, slot.id())).toList());
            skips = skips.stream()
                    .filter(skip -> anyMatches(globs, skip.skipped().id()))
                    .toList();
        }
        var left = new ArrayList<>(skips);
        var run = new ArrayList<Slot>();
        var globs = globs(query.skip(), "skip", slots, skips);
        for (var slot : slots) {
            var why = whyNot(slot.spec, query, globs);
            if (why == null) {
                run.add(slot);
            } else {
                left.add(new ReportDraft.Skip(slot.order, new Skipped(slot.id(), why)));
            }
        }
        if (run.isEmpty()) {
            throw new SelectionException("nothing to run: " + describe(left));
        }
        return new Selection(query.suite(), Plan.of(run), List.copyOf(left));
    }

    private static void requireSuite(Suite suite, Registry registry) {
        if (registry.slotsIn(Set.of(suite)).isEmpty()
                && registry.skipsIn(Set.of(suite)).isEmpty()) {
            throw new SelectionException("suite '" + suite + "' has no checks; there is "
                    + registry.suites().stream().map(Suite::name).sorted().collect(Collectors.joining(", ")));
        }
    }

    private static List<Glob> globs(
            List<String> texts, String option, Collection<Slot> slots, Collection<ReportDraft.Skip> skips) {
        var ids = Stream.concat(
                        slots.stream().map(Slot::id),
                        skips.stream().map(skip -> skip.skipped().id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var globs = texts.stream().map(Glob::new).toList();
        for (var glob : globs) {
            if (ids.stream().noneMatch(glob::matches)) {
                throw SelectionException.of(option, "'" + glob.text() + "' matches no check" + suggestion(glob, ids));
            }
        }
        return globs;
    }

    /** The id that was probably meant; for a glob of a whole group, the group. */
    private static String suggestion(Glob glob, Collection<CheckId> ids) {
        boolean isGroup = glob.text().endsWith(".*") || glob.text().indexOf('.') < 0;
        var names = ids.stream()
                .map(id -> isGroup ? id.group() + ".*" : id.name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var nearest = Nearest.of(glob.text(), names, FARTHEST);
        return nearest == null ? "" : " (did you mean '" + nearest + "'?)";
    }

    private static boolean anyMatches(List<Glob> globs, CheckId id) {
        return globs.stream().anyMatch(glob -> glob.matches(id));
    }

    /** Why this check does not run although it is in the suite, or null. */
    private static @Nullable String whyNot(CheckSpec spec, Query query, List<Glob> skip) {
        var glob = skip.stream().filter(one -> one.matches(spec.id())).findFirst();
        if (glob.isPresent()) {
            return "left out by the selection (" + glob.get().text() + ")";
        }
        if (query.readOnly() && spec.effects() == Effects.WRITES) {
            return "it writes, and this run only reads";
        }
        return query.offline() && spec.category() == Category.PROVIDER
                ? "it asks a provider, and this run stays offline"
                : null;
    }

    private static String describe(List<ReportDraft.Skip> left) {
        return left.stream()
                .map(skip ->
                        skip.skipped().id() + " is skipped (" + skip.skipped().why() + ")")
                .limit(3)
                .collect(Collectors.joining(", "));
    }
}
