package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;

/** What changes a Koda: skill packages, improvement proposals, channels and imports of workspaces. Thread-safe. */
public final class ChangeEvents {
    private final CatalogMeters meters;

    ChangeEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** Something happened to a skill package. */
    public void skillPackage(String agentId, String event, String decision, String recommendationStatus) {
        meters.counter("koda_skill_package_events_total")
                .at(agentId, event, decision, recommendationStatus)
                .increment();
    }

    /** Something happened to an improvement proposal. */
    public void proposal(String agentId, String event, String status, String proposalType) {
        meters.counter("koda_improvement_proposal_events_total")
                .at(agentId, event, status, proposalType)
                .increment();
    }

    /** Something happened at the channel gateway. */
    public void channel(String agentId, String event, String status) {
        meters.counter("koda_channel_gateway_events_total")
                .at(agentId, event, status)
                .increment();
    }

    /** A directory was scanned for an import. */
    public void importScanned(String status, String rootKind, boolean isTruncated) {
        meters.counter("koda_workspace_import_scans_total")
                .at(status, rootKind, Boolean.toString(isTruncated))
                .increment();
    }

    /** A scan found a source. */
    public void importSource(String tool, String kind, String risk, String importAction) {
        meters.counter("koda_workspace_import_sources_total")
                .at(tool, kind, risk, importAction)
                .increment();
    }

    /** An import was applied. */
    public void importApplied(String action, String outcome) {
        meters.counter("koda_workspace_import_applies_total")
                .at(action, outcome)
                .increment();
    }

    /** An import refused a source. */
    public void importBlocked(String reason) {
        meters.counter("koda_workspace_import_blocked_total").at(reason).increment();
    }

    /** An import reached a limit of the scanner. */
    public void importLimitHit(String limit) {
        meters.counter("koda_workspace_import_limit_hits_total").at(limit).increment();
    }
}
