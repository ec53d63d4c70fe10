package dev.koda.cli;

/** One message of a stream of server-sent events, line by line. */
final class StreamMessage {
    private String id = "";
    private String event = "message";
    private final StringBuilder data = new StringBuilder();

    /** Takes a line; true if it was the last one and there is a message. */
    boolean add(String line) {
        if (line.isEmpty()) {
            return !data.isEmpty();
        }
        int colon = line.indexOf(':');
        var name = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
        switch (name) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {}
        }
        return false;
    }

    /** Where to go on after it; empty if it says nothing about that. */
    String id() {
        return id;
    }

    String event() {
        return event;
    }

    String data() {
        return data.toString();
    }
}
