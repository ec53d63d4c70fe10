package dev.koda.cli.logs;

import org.jspecify.annotations.Nullable;

/** A line without secrets, as far as it has been understood. For one thread. */
final class Reading {
    private final LogLine line;
    private final String text;
    private final boolean isOriginal;
    private final boolean continues;
    private final boolean withFields;
    private @Nullable String plain;
    private @Nullable Parsed parsed;
    private boolean isLate;

    /**
     * @param text of the line, without secrets
     * @param isOriginal true if there was none
     * @param continues true if it belongs to the one before
     * @param withFields whether fields of text that is no JSON matter
     */
    Reading(LogLine line, String text, boolean isOriginal, boolean continues, boolean withFields) {
        this.line = line;
        this.text = text;
        this.isOriginal = isOriginal;
        this.continues = continues;
        this.withFields = withFields;
    }

    LogLine line() {
        return line;
    }

    /** As it was written, but for secrets. */
    String text() {
        return text;
    }

    /** True if the bytes of the line have no secret. */
    boolean isOriginal() {
        return isOriginal;
    }

    /** Without sequences that steer a terminal. */
    String plain() {
        var known = plain;
        if (known == null) {
            known = Ansi.without(text);
            plain = known;
        }
        return known;
    }

    boolean continues() {
        return continues;
    }

    boolean isLate() {
        return isLate;
    }

    void beLate(boolean late) {
        isLate = late;
    }

    Parsed parsed() {
        var known = parsed;
        if (known == null) {
            var json = JsonLine.read(plain());
            known = json == null ? TextLine.read(plain(), withFields) : json;
            parsed = known;
        }
        return known;
    }

    /** What the collector knows of it goes before what the text says. */
    @Nullable
    Level level() {
        return line.level() == null ? parsed().level() : line.level();
    }
}
