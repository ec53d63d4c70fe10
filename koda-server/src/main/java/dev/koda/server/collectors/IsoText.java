package dev.koda.server.collectors;

/**
 * Times that Koda keeps as text in ISO 8601: with an offset, with Z, or with none, which is UTC. What is no time reads as
 * NULL and never fails a statement, for one bad row would take a metric away.
 */
final class IsoText {
    private static final String SHAPE = "^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + "[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?"
            + "(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?$";

    private IsoText() {}

    /**
     * An expression of type {@code timestamptz}. The day is held against its month first, since text of the right shape
     * may still be a day that no month has, and the cast of one fails the statement.
     *
     * @param column the text, with the name of its table if need be
     */
    static String time(String column) {
        return ("CASE WHEN {c} ~ '" + SHAPE + "' THEN"
                        + " CASE WHEN extract(day FROM (substr({c}, 1, 7) || '-01')::date + substr({c}, 9, 2)::integer - 1)"
                        + " = substr({c}, 9, 2)::integer"
                        + " THEN (CASE WHEN right({c}, 1) = 'Z' OR strpos({c}, '+') > 0 OR strpos(substr({c}, 11), '-') > 0"
                        + " THEN {c} ELSE {c} || 'Z' END)::timestamptz END END")
                .replace("{c}", column);
    }
}
