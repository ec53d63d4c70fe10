package dev.koda.cli.output;

import dev.koda.checks.Category;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The results of a report by category, in the order of the categories and, inside one, of the report. */
final class Categories {
    private Categories() {}

    static Map<Category, List<CheckResult>> of(Report report) {
        var byCategory = new EnumMap<Category, List<CheckResult>>(Category.class);
        for (var result : report.checks()) {
            byCategory
                    .computeIfAbsent(result.spec().category(), key -> new ArrayList<>())
                    .add(result);
        }
        return byCategory;
    }

    static String title(Category category) {
        return switch (category) {
            case CONFIG -> "Configuration";
            case SECRETS -> "Secrets";
            case POSTGRES -> "Postgres";
            case OBJECT_STORE -> "Object storage";
            case DISK -> "Disk";
            case DASHBOARD -> "Dashboard";
            case CONTROL_PLANE -> "Control plane";
            case RUNTIME -> "Runtime";
            case PROVIDER -> "Providers";
            case TLS -> "TLS";
            case NETWORK -> "Network";
            case SYSTEM -> "System";
            case HARDENING -> "Hardening";
            case CUSTOM -> "Your own";
        };
    }
}
