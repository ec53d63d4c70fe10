package dev.koda.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFormatTest {
    @TempDir
    private Path directory;

    private LogFormat formatWith(Map<String, String> environment) {
        return LogFormat.of(
                Settings.load(SettingsSources.of(directory, environment).home(directory)));
    }

    @Test
    void isForPeopleWhereSomebodyAskedForThat() {
        assertThat(formatWith(Map.of("LOG_FORMAT", "console"))).isEqualTo(LogFormat.CONSOLE);
        assertThat(formatWith(Map.of("LOG_FORMAT", " Console "))).isEqualTo(LogFormat.CONSOLE);
    }

    /** Koda's own default is console; it is none of ours. */
    @Test
    void isJsonElse() {
        assertThat(formatWith(Map.of())).isEqualTo(LogFormat.JSON);
        assertThat(formatWith(Map.of("KODA_STACK", "koda"))).isEqualTo(LogFormat.JSON);
        assertThat(formatWith(Map.of("LOG_FORMAT", "json"))).isEqualTo(LogFormat.JSON);
    }
}
