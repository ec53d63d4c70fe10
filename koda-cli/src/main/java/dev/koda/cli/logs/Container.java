package dev.koda.cli.logs;

/**
 * A container of a compose project.
 *
 * @param service of which it is one
 * @param index which one of several, from 1; 0 if it is the only one
 * @param isRunning false if it has ended or was never made
 */
record Container(String service, int index, boolean isRunning) {
    /** As it is shown: {@code app}, or {@code app-2}. */
    String name() {
        return index == 0 ? service : service + "-" + index;
    }
}
