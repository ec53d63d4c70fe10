package dev.koda.cli;

import dev.koda.checks.Report;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where a doctor's reports come from: checks that run here, or a server. */
interface ReportSource extends AutoCloseable {
    /**
     * Begins to make the next report; the one before has ended.
     *
     * @param limit how long it may take
     * @return fails with a {@link DoctorException} if there is no report
     */
    CompletionStage<Report> next(Duration limit);

    /** Makes what runs end at once, with what is known by then. */
    void interrupt();

    @Override
    void close();
}
