package dev.koda.dashboard.audit;

import java.util.Locale;

/** What can happen in this server. Names and codes are only ever added. */
public enum AuditEventType {
    OPERATOR_LOGIN_SUCCEEDED("KS1001", Severity.INFO, true, Delivery.SPOOLED),
    OPERATOR_LOGIN_FAILED("KS1002", Severity.WARNING, false, Delivery.SPOOLED),
    OPERATOR_LOGOUT("KS1003", Severity.INFO, true, Delivery.SPOOLED),
    OPERATOR_SESSION_REVOKED("KS1004", Severity.NOTICE, true, Delivery.SPOOLED),
    OPERATOR_LOGIN_LINK_CREATED("KS1005", Severity.NOTICE, true, Delivery.STRICT),
    LOCKOUT_STARTED("KS1006", Severity.WARNING, false, Delivery.SPOOLED),
    LOCKOUT_ENDED("KS1007", Severity.NOTICE, true, Delivery.SPOOLED),
    OPERATOR_ADDED("KS1101", Severity.NOTICE, true, Delivery.STRICT),
    OPERATOR_REVOKED("KS1102", Severity.NOTICE, true, Delivery.STRICT),
    BREAK_GLASS_USED("KS1201", Severity.WARNING, true, Delivery.SPOOLED),
    AUTH_FAILURE("KS1301", Severity.WARNING, false, Delivery.SPOOLED),
    ACCESS_DENIED("KS1302", Severity.WARNING, false, Delivery.SPOOLED),
    CSRF_REJECTED("KS1303", Severity.WARNING, false, Delivery.SPOOLED),
    SSRF_BLOCKED("KS1304", Severity.WARNING, false, Delivery.SPOOLED),
    RATE_LIMITED("KS1305", Severity.WARNING, false, Delivery.SPOOLED),
    CONFIGURATION_CHANGED("KS2001", Severity.NOTICE, true, Delivery.SPOOLED),
    CREDENTIAL_ROTATED("KS2002", Severity.NOTICE, true, Delivery.SPOOLED),
    CONFIGURATION_LOADED("KS2003", Severity.INFO, true, Delivery.SPOOLED),
    DRAIN_STARTED("KS2101", Severity.INFO, true, Delivery.SPOOLED),
    VERIFICATION_REQUESTED("KS3001", Severity.INFO, true, Delivery.STRICT),
    ANNOTATION_ADDED("KS3002", Severity.INFO, true, Delivery.STRICT),
    AUDIT_RETENTION_APPLIED("KS4001", Severity.NOTICE, true, Delivery.STRICT),
    AUDIT_EXPORTED("KS4002", Severity.NOTICE, true, Delivery.STRICT),
    AUDIT_KEY_ROTATED("KS4003", Severity.WARNING, true, Delivery.STRICT),
    AUDIT_CHAIN_BROKEN("KS4004", Severity.CRITICAL, false, Delivery.SPOOLED),
    EVENTS_SUPPRESSED("KS4005", Severity.WARNING, false, Delivery.SPOOLED),
    UNREADABLE_EVENT("KS4006", Severity.CRITICAL, false, Delivery.SPOOLED),
    AUDIT_LOG_RESTORED("KS4007", Severity.CRITICAL, false, Delivery.SPOOLED),
    STORM_STARTED("KS5001", Severity.WARNING, false, Delivery.SPOOLED),
    STORM_ENDED("KS5002", Severity.NOTICE, true, Delivery.SPOOLED);

    /** How bad it is. */
    public enum Severity {
        INFO(0),
        NOTICE(1),
        WARNING(2),
        CRITICAL(3);

        private final int level;

        Severity(int level) {
            this.level = level;
        }

        /** A number that grows with it, for filters. */
        public int level() {
            return level;
        }

        /** In lower case, as in JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of an event while the store does not answer. */
    public enum Delivery {
        /** It is stored, or what it is about does not happen. */
        STRICT,
        /** It waits on disk, and is stored later. */
        SPOOLED
    }

    private final String code;
    private final Severity severity;
    private final boolean isSuccess;
    private final Delivery delivery;

    AuditEventType(String code, Severity severity, boolean isSuccess, Delivery delivery) {
        this.code = code;
        this.severity = severity;
        this.isSuccess = isSuccess;
        this.delivery = delivery;
    }

    /** A short code for rules of a SIEM. */
    public String code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    /** True if what was tried was done. */
    public boolean isSuccess() {
        return isSuccess;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** Its name in JSON, logs and filters: {@code security.operator_login_failed}. */
    @Override
    public String toString() {
        return "security." + name().toLowerCase(Locale.ROOT);
    }
}
