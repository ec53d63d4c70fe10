package dev.koda.checks.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one evaluation looks at: slots in declared order, and for each the positions of those it depends on. */
final class Plan {
    final Slot[] slots;
    final int[][] dependencies;
    /** Some members are probed and some are not, and no probed one waits for one that is not. */
    final boolean isSplit;

    private Plan(Slot[] slots, int[][] dependencies) {
        this.slots = slots;
        this.dependencies = dependencies;
        isSplit = isMixed() && isClosed();
    }

    private boolean isMixed() {
        return Arrays.stream(slots).map(Slot::isProbed).distinct().count() > 1;
    }

    private boolean isClosed() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].isProbed() && !Arrays.stream(dependencies[i]).allMatch(on -> slots[on].isProbed())) {
                return false;
            }
        }
        return true;
    }

    /** A plan of these slots; a dependency that is not among them counts as satisfied. */
    static Plan of(List<Slot> slots) {
        var dependencies = new int[slots.size()][];
        for (int i = 0; i < dependencies.length; i++) {
            dependencies[i] = positions(slots.get(i), slots);
        }
        return new Plan(slots.toArray(Slot[]::new), dependencies);
    }

    private static int[] positions(Slot slot, List<Slot> among) {
        var found = new ArrayList<Integer>();
        for (var dependency : slot.spec.dependsOn()) {
            for (int i = 0; i < among.size(); i++) {
                if (among.get(i).id().isCoveredBy(dependency)) {
                    found.add(i);
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    int size() {
        return slots.length;
    }
}
