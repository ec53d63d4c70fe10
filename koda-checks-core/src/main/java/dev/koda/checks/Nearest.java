package dev.koda.checks;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. Stateless. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known name with the fewest changed, missing, additional or swapped characters, or null if none is that near.
     *
     * @param known the earlier one of equally near ones is taken
     * @param farthest how many characters may differ
     */
    public static @Nullable String of(String name, Collection<String> known, int farthest) {
        String best = null;
        int bestDistance = farthest + 1;
        for (var candidate : known) {
            int distance = distance(name, candidate, bestDistance);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** The distance of Damerau and Levenshtein without regard to case; {@code limit} if it is at least that. */
    private static int distance(String one, String other, int limit) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1));
        boolean isSwapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
