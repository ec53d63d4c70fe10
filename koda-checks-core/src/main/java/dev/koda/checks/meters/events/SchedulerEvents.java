package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;

/** What happens in the scheduler. Thread-safe. */
public final class SchedulerEvents {
    private final CatalogMeters meters;

    SchedulerEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** Jobs of a status: {@code all}, {@code failed_open} or {@code validation_pending}. */
    public void jobs(String agentId, String status, double now) {
        meters.gauge("koda_scheduled_active_jobs").at(agentId, status).set(now);
    }

    /** Runs that are due. */
    public void dueRuns(String agentId, double now) {
        meters.gauge("koda_scheduled_due_runs").at(agentId).set(now);
    }

    /** Runs that a worker holds. */
    public void leasedRuns(String agentId, double now) {
        meters.gauge("koda_scheduled_leased_runs").at(agentId).set(now);
    }

    /** A run ended or is tried again. */
    public void runTransition(String agentId, String status) {
        meters.counter("koda_scheduled_run_transitions_total")
                .at(agentId, status)
                .increment();
    }

    /** A notification could not be sent. */
    public void notificationFailed(String agentId) {
        meters.counter("koda_scheduled_notification_failures_total").at(agentId).increment();
    }
}
