/**
 * Settings in layers: flag, process environment, {@code .env} file, {@code koda.yaml}, what Koda's compose file derives,
 * default. Every value knows where it comes from, and every error of every file is reported at once.
 *
 * <pre>{@code
 * var settings = Settings.load(SettingsSources.of(workingDirectory, environment));
 * int port = settings.get(OwnSettings.KODA_OPERATIONS_PORT).orElse(8090);
 * }</pre>
 */
@NullMarked
package dev.koda.checks.settings;

import org.jspecify.annotations.NullMarked;
