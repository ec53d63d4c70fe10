package dev.koda.dashboard.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the media type of an answer by RFC 9110, section 12.5.1. */
public final class Accepts {
    private Accepts() {}

    /**
     * The offer that the client likes best, the earlier one of equals.
     *
     * @param accept the Accept header; null or blank means anything
     * @return null if the client takes none of them
     */
    public static @Nullable String best(@Nullable String accept, String... offers) {
        if (accept == null || accept.isBlank()) {
            return offers[0];
        }
        String best = null;
        double bestQuality = 0;
        for (var offer : offers) {
            double quality = qualityOf(offer, accept);
            if (quality > bestQuality) {
                best = offer;
                bestQuality = quality;
            }
        }
        return best;
    }

    /** Whether an Accept-Encoding header takes gzip; not said means no. */
    public static boolean gzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean isAnyTaken = false;
        for (var coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = coding.strip().split("\\s*;\\s*", -1);
            boolean isTaken = parts.length == 1 || quality(parts[1].replaceFirst("^q\\s*=\\s*", "")) > 0;
            if (parts[0].equals("gzip") || parts[0].equals("x-gzip")) {
                return isTaken;
            }
            isAnyTaken |= parts[0].equals("*") && isTaken;
        }
        return isAnyTaken;
    }

    /** From 0 to 1; what is no number means no. */
    public static double quality(String text) {
        try {
            double quality = Double.parseDouble(text);
            return quality >= 0 ? Math.min(1, quality) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The q of the most specific range that covers the offer; 0 if none does. */
    private static double qualityOf(String offer, String accept) {
        double quality = 0;
        int precision = 0;
        for (var entry : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = entry.split(";", -1);
            int own = precisionOf(parts[0].strip(), offer);
            if (own > precision) {
                precision = own;
                quality = weight(parts);
            }
        }
        return quality;
    }

    private static int precisionOf(String range, String offer) {
        if (range.equals(offer)) {
            return 3;
        }
        if (range.equals(offer.substring(0, offer.indexOf('/')) + "/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                return parse(parameter.substring(2));
            }
        }
        return 1;
    }

    private static double parse(String text) {
        return text.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Double.parseDouble(text)) : 0;
    }
}
