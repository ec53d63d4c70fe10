package dev.koda.checks.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.exec.PluginOutput.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PluginOutputTest {
    @Test
    void takesTheTextBeforeTheBarAndTheNumbersAfterIt() {
        var output = PluginOutput.of("TCP OK - 0.002 second|time=0.002310s;;;0.000000;10.000000\nlong text\n");

        assertThat(output.firstLine()).isEqualTo("TCP OK - 0.002 second");
        assertThat(output.values()).containsExactly(new Value("time", 0.00231, "seconds"));
    }

    @Test
    void readsLabelsUnitsAndLimitsAsTheGuidelinesHaveThem() {
        var data = "/=2643MB;5948;5958;0;5968 '/var log'=-1.5e3% 'it''s'=7c load1=0.3;1:2;@3:4 x=1kbit";

        assertThat(PluginOutput.of("DISK OK | " + data).values())
                .containsExactly(
                        new Value("value", 2643, "megabytes"),
                        new Value("var_log", -1500, "percent"),
                        new Value("it_s", 7, "counts"),
                        new Value("load1", 0.3, "units"),
                        new Value("x", 1, "kbit"));
    }

    /** Long text in between, and numbers on as many lines as the plugin likes. */
    @Test
    void readsTheNumbersOfLaterLinesToo() {
        var output =
                PluginOutput.of("DISK OK - fine | /=1MB\n/ 15 GB free\n/boot 68 MB free | /boot=2MB;;\n/home=3MB\n");

        assertThat(output.firstLine()).isEqualTo("DISK OK - fine");
        assertThat(output.values())
                .containsExactly(
                        new Value("value", 1, "megabytes"),
                        new Value("boot", 2, "megabytes"),
                        new Value("home", 3, "megabytes"));
        assertThat(PluginOutput.of("OK\nmore | a=1").values()).containsExactly(new Value("a", 1, "units"));
    }

    @Test
    void takesUnknownValuesAndNonsenseForNothing() {
        assertThat(PluginOutput.of("OK | time=U free=;; =3 a b 'open=1").values())
                .isEmpty();
        assertThat(PluginOutput.of("")).isEqualTo(new PluginOutput("", List.of()));
        assertThat(PluginOutput.of("|a=1").firstLine()).isEmpty();
    }

    @Test
    void readsALongOutputInTimeThatIsInProportion() {
        var hostile = "OK |" + "'".repeat(20_000) + "a=".repeat(20_000);

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> PluginOutput.of(hostile));
        assertThat(PluginOutput.of("OK |" + "a=1 ".repeat(1000)).values()).hasSize(20);
    }
}
