package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContinuationTest {
    private static List<Boolean> continues(String lines) {
        var continuation = new Continuation();
        return lines.lines().map(continuation::continues).toList();
    }

    @Test
    void aTraceOfPythonEndsWithItsException() {
        assertThat(continues("""
            task failed
            Traceback (most recent call last):
              File "/app/worker.py", line 88, in run
                await self.step()
            koda.errors.NoRoute: no route

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/app/main.py", line 3
            KeyboardInterrupt
            next
            """))
                .containsExactly(false, true, true, true, true, true, true, true, true, true, true, false);
    }

    @Test
    void aTraceOfJavaHasCauses() {
        assertThat(continues("""
            ERROR failed
            \tat a.B.c(B.java:1)
            Caused by: java.io.IOException: x
            \t... 12 more
            Suppressed: y
            ... 3 common frames omitted
            next
            """)).containsExactly(false, true, true, true, true, true, false);
    }

    @Test
    void jsonAndWhatNextMarksBegin() {
        assertThat(continues("""
            {"a":1}
              indented
            }
             \u2a2f Error: boom
             - ready
            {"b":1}
            """)).containsExactly(false, true, true, false, true, false);
    }
}
