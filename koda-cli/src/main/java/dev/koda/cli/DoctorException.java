package dev.koda.cli;

/** Why there is no report, in one sentence for people. */
final class DoctorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    /**
     * @param code {@link ExitCode#FAIL} if it may be another time, {@link ExitCode#USAGE} if somebody has to change
     *     something first
     */
    DoctorException(ExitCode code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
