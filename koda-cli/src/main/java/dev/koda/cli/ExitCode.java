package dev.koda.cli;

import dev.koda.checks.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes, the same in every format; printed in each command's help. */
public enum ExitCode {
    PASS(0, "pass, or done"),
    FAIL(1, "fail: something does not work"),
    USAGE(2, "usage or configuration error", ", or a selection that matches nothing"),
    WARN(3, "warn: it works, but somebody should look (0 with --fail-on fail)"),
    INTERNAL(70, "internal error, please report it"),
    INTERRUPTED(130, "interrupted by Ctrl-C", "; the doctor prints what it knows"),
    TERMINATED(143, "ended by SIGTERM", "; the doctor prints what it knows");

    private final int code;
    private final String meaning;
    private final String ofDoctor;

    ExitCode(int code, String meaning) {
        this(code, meaning, "");
    }

    ExitCode(int code, String meaning, String ofDoctor) {
        this.code = code;
        this.meaning = meaning;
        this.ofDoctor = ofDoctor;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** The code of a status: the worst one that is worth one. */
    static ExitCode of(Status status, FailOn failOn) {
        return switch (status) {
            case PASS -> PASS;
            case WARN -> failOn == FailOn.WARN ? WARN : PASS;
            case FAIL -> FAIL;
        };
    }

    /** For picocli: number and meaning of all of them, with what only the doctor does. */
    static Map<String, String> describedWithDoctor() {
        var described = new LinkedHashMap<String, String>();
        for (var each : values()) {
            described.put(Integer.toString(each.code), each.meaning + each.ofDoctor);
        }
        return described;
    }

    /** For picocli: number and meaning of each of these. */
    static Map<String, String> described(ExitCode... codes) {
        var described = new LinkedHashMap<String, String>();
        for (var each : codes) {
            described.put(Integer.toString(each.code), each.meaning);
        }
        return described;
    }
}
