package dev.koda.dashboard.http;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The entity tag of a document that stays as it is while the process lives: 16 digits of its SHA-256. */
public final class EntityTag {
    private static final int BYTES = 8;

    private final String tag;

    private EntityTag(String tag) {
        this.tag = tag;
    }

    public static EntityTag of(byte[] document) {
        return new EntityTag('"' + HexFormat.of().formatHex(Sha256.of(document), 0, BYTES) + '"');
    }

    /**
     * Whether an If-None-Match header names this document. A weak tag of a client, or of a proxy that compresses, names the
     * same one.
     */
    public boolean isKnownBy(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    /** With its quotes, as the header ETag has it. */
    @Override
    public String toString() {
        return tag;
    }
}
