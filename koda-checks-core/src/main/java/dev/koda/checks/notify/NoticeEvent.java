package dev.koda.checks.notify;

import java.util.Locale;

/** Why a notice is sent. */
enum NoticeEvent {
    /** A check has become bad, or worse. */
    PROBLEM,
    /** It still is. */
    REMINDER,
    /** It is no longer. */
    RECOVERY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
