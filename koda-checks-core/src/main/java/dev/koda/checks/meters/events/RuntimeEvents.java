package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;

/** What happens in runtime environments. Thread-safe. */
public final class RuntimeEvents {
    private final CatalogMeters meters;

    RuntimeEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** Environments that are active or being cleaned up. */
    public void activeEnvironments(double now) {
        meters.gauge("koda_runtime_active_envs").at().set(now);
    }

    /** Environments in a phase. */
    public void environmentsInPhase(String phase, double now) {
        meters.gauge("koda_runtime_phase_total").at(phase).set(now);
    }

    /** An environment lost its owner. */
    public void orphaned() {
        meters.counter("koda_runtime_orphan_envs_total").at().increment();
    }

    /** A checkpoint failed. */
    public void checkpointFailed() {
        meters.counter("koda_runtime_checkpoint_failures_total").at().increment();
    }

    /** An environment was attached to again. */
    public void recovered() {
        meters.counter("koda_runtime_recoveries_total").at().increment();
    }

    /** A cleanup was refused. */
    public void cleanupBlocked() {
        meters.counter("koda_runtime_cleanup_blocked_total").at().increment();
    }

    /** Browser sessions that are attached. */
    public void browserSessions(double now) {
        meters.gauge("koda_runtime_browser_sessions_active").at().set(now);
    }

    /** Terminals that are attached. */
    public void terminals(double now) {
        meters.gauge("koda_runtime_ptys_active").at().set(now);
    }

    /** Processor use in percent. */
    public void cpuPercent(double now) {
        meters.gauge("koda_runtime_resource_cpu_percent").at().set(now);
    }

    /** Resident memory in bytes. */
    public void residentBytes(double now) {
        meters.gauge("koda_runtime_resource_rss_bytes").at().set(now);
    }

    /** Disk space of worktrees in bytes. */
    public void worktreeBytes(double now) {
        meters.gauge("koda_runtime_worktree_disk_bytes").at().set(now);
    }

    /** Websocket clients. */
    public void websocketClients(double now) {
        meters.gauge("koda_runtime_ws_clients_active").at().set(now);
    }

    /** Sessions that are attached to a terminal. */
    public void terminalAttachSessions(double now) {
        meters.gauge("koda_runtime_terminal_attach_sessions_active").at().set(now);
    }

    /** Sessions that are attached to a browser. */
    public void browserAttachSessions(double now) {
        meters.gauge("koda_runtime_browser_attach_sessions_active").at().set(now);
    }

    /** Desktop sessions by VNC. */
    public void vncSessions(double now) {
        meters.gauge("koda_runtime_vnc_sessions_active").at().set(now);
    }

    /** A guardrail paused or stopped an environment. */
    public void guardrailHit(String guardrailType) {
        meters.counter("koda_runtime_guardrail_hits_total").at(guardrailType).increment();
    }

    /** An environment was paused. */
    public void paused() {
        meters.counter("koda_runtime_pause_events_total").at().increment();
    }

    /** An environment was resumed. */
    public void resumed() {
        meters.counter("koda_runtime_resume_events_total").at().increment();
    }

    /** A save could not be verified before a cleanup. */
    public void saveVerifyFailed() {
        meters.counter("koda_runtime_save_verify_failures_total").at().increment();
    }
}
