package dev.koda.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tells in one pass over a text which of many words may occur in it, whatever the case of ASCII letters: the automaton of
 * Aho and Corasick. All characters beyond ASCII count as the same one, so it errs, if at all, by naming a word that is
 * not there. Immutable.
 */
final class WordScan {
    private static final int ASCII = 128;

    /**
     * A word to look for.
     *
     * @param text not empty
     * @param bit what {@link #in} sets when it may be there; several words may share one
     */
    record Word(String text, long bit) {}

    /** What a word that is there may have to meet. */
    @FunctionalInterface
    interface Condition {
        /** Whether it counts, by what follows it in the text from that place on. */
        boolean counts(String text, int end);
    }

    /** For each character, which column of the table is its; column 0 is of those in no word. */
    private final int[] columns = new int[ASCII + 1];

    private final int width;
    /** The next state by state and column; a state is the index of its row. */
    private final int[] next;
    /** The bits of the words that end in a state, by the index of its row. */
    private final long[] found;

    private final long conditionalBits;
    private final Condition condition;

    /**
     * @param conditionalBits words with these bits count only if the condition says so
     */
    WordScan(List<Word> words, long conditionalBits, Condition condition) {
        this.conditionalBits = conditionalBits;
        this.condition = condition;
        int used = 0;
        for (var word : words) {
            for (int i = 0; i < word.text().length(); i++) {
                int character = folded(word.text().charAt(i));
                columns[character] = columns[character] == 0 ? ++used : columns[character];
            }
        }
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            columns[letter] = columns[Character.toLowerCase(letter)];
        }
        width = used + 1;
        var tree = new ArrayList<Node>();
        tree.add(new Node(width));
        words.forEach(word -> add(word, tree));
        next = new int[tree.size() * width];
        found = new long[tree.size() * width];
        link(tree);
    }

    private static final class Node {
        private final int[] children;
        private long bits;
        private int fallback;

        private Node(int width) {
            children = new int[width];
        }
    }

    private void add(Word word, List<Node> tree) {
        int at = 0;
        for (int i = 0; i < word.text().length(); i++) {
            var children = tree.get(at).children;
            int column = columns[folded(word.text().charAt(i))];
            if (children[column] == 0) {
                children[column] = tree.size();
                tree.add(new Node(width));
            }
            at = children[column];
        }
        tree.get(at).bits |= word.bit();
    }

    /** Level by level, so that what a state falls back to is always there before it. */
    private void link(List<Node> tree) {
        var order = new ArrayList<>(List.of(0));
        for (int i = 0; i < order.size(); i++) {
            int state = order.get(i);
            var node = tree.get(state);
            node.bits |= tree.get(node.fallback).bits;
            found[state * width] = node.bits;
            int fallbackRow = node.fallback * width;
            for (int column = 0; column < width; column++) {
                int child = node.children[column];
                int otherwise = state == 0 ? 0 : next[fallbackRow + column];
                if (child != 0) {
                    tree.get(child).fallback = otherwise / width;
                    order.add(child);
                }
                next[state * width + column] = child == 0 ? otherwise : child * width;
            }
        }
    }

    private static int folded(char character) {
        return character < ASCII
                ? String.valueOf(character).toLowerCase(Locale.ROOT).charAt(0)
                : ASCII;
    }

    /** The bits of all words that may occur in the text and count; 0 if none does. */
    long in(String text) {
        long bits = 0;
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = next[state + columns[Math.min(text.charAt(i), ASCII)]];
            long more = found[state] & ~bits;
            if (more != 0) {
                bits |= (more & conditionalBits) == 0 || condition.counts(text, i + 1) ? more : more & ~conditionalBits;
            }
        }
        return bits;
    }

    /** Prints no word: they may be parts of secrets. */
    @Override
    public String toString() {
        return "scan of " + Arrays.stream(found).filter(bits -> bits != 0).count() + " words";
    }
}
